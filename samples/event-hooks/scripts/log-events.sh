#!/bin/bash
logger -t nlmon-hook "Processing event for $NLMON_INTERFACE"

# Your script logic

logger -t nlmon-hook "Completed processing for $NLMON_INTERFACE"
