# Set environment variables
export NLMON_INTERFACE="eth0"
export NLMON_MESSAGE_TYPE="17"
export NLMON_TIMESTAMP="1234567890000"

# Run script
/usr/local/bin/your-hook.sh
