#!/bin/bash
# /usr/local/bin/alert-interface-down.sh

INTERFACE="${NLMON_INTERFACE}"
TIMESTAMP="${NLMON_TIMESTAMP}"

# Convert timestamp to human-readable format
DATE=$(date -d "@$((TIMESTAMP/1000))" '+%Y-%m-%d %H:%M:%S')

# Log the event
logger -t nlmon "Interface $INTERFACE went down at $DATE"

# Send alert via webhook
curl -X POST https://alerts.example.com/webhook \
  -H "Content-Type: application/json" \
  -d "{\"interface\":\"$INTERFACE\",\"event\":\"down\",\"timestamp\":\"$DATE\"}"

# Send email alert
echo "Interface $INTERFACE went down at $DATE" | \
  mail -s "Network Alert: Interface Down" admin@example.com
