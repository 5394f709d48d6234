#!/bin/sh
xdg-open "$(dirname "$0")/ban-phan-so/index.html"
