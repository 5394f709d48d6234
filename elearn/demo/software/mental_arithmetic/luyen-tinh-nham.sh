#!/bin/sh
exec python3 "$(dirname "$0")/tinh-nham/tinh_nham.py" "$@"
