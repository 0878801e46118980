#!/usr/bin/env python3
# /opt/nlmon/scripts/process-event.py

import os
import sys
import json
import requests
from datetime import datetime

def main():
    # Read event data from environment
    event = {
        'timestamp': int(os.environ.get('NLMON_TIMESTAMP', 0)),
        'sequence': int(os.environ.get('NLMON_SEQUENCE', 0)),
        'event_type': int(os.environ.get('NLMON_EVENT_TYPE', 0)),
        'message_type': int(os.environ.get('NLMON_MESSAGE_TYPE', 0)),
        'interface': os.environ.get('NLMON_INTERFACE', ''),
    }
    
    # Convert timestamp to datetime
    dt = datetime.fromtimestamp(event['timestamp'] / 1000)
    event['datetime'] = dt.isoformat()
    
    # Process event
    print(f"Processing event: {json.dumps(event, indent=2)}")
    
    # Send to external system
    try:
        response = requests.post(
            'https://api.example.com/events',
            json=event,
            timeout=5
        )
        print(f"Sent to API: {response.status_code}")
    except Exception as e:
        print(f"Error sending to API: {e}", file=sys.stderr)
        return 1
    
    return 0

if __name__ == '__main__':
    sys.exit(main())
