#!/bin/bash
set -e  # Exit on error

# Your script logic here

# Explicit success
exit 0
