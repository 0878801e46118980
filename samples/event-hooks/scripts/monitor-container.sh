#!/bin/bash
# /usr/local/bin/monitor-container.sh

INTERFACE="${NLMON_INTERFACE}"

# Check if this is a VETH interface
if [[ ! "$INTERFACE" =~ ^veth ]]; then
  exit 0
fi

# Try to find associated container
CONTAINER_ID=$(docker ps --filter "network=container:$INTERFACE" --format "{{.ID}}" 2>/dev/null)

if [ -n "$CONTAINER_ID" ]; then
  CONTAINER_NAME=$(docker inspect --format '{{.Name}}' "$CONTAINER_ID" | sed 's/^\///')
  logger -t nlmon "Container event: $CONTAINER_NAME ($CONTAINER_ID) on $INTERFACE"
  
  # Log to custom file
  echo "$(date '+%Y-%m-%d %H:%M:%S') - Container: $CONTAINER_NAME, Interface: $INTERFACE" \
    >> /var/log/nlmon/container-events.log
fi
