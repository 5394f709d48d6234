#!/bin/sh
# Make sure that Chromium is there: from the system's package manager, as Playwright's own download is not
# available everywhere.
set -eu

find_browser() {
  for name in ${CHROMIUM:-} chromium chromium-browser google-chrome-stable google-chrome; do
    if command -v "$name" >/dev/null 2>&1; then
      command -v "$name"
      return 0
    fi
  done
  return 1
}

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi
}

find_browser >/dev/null && exit 0

echo "Chromium is missing; installing it with the system's package manager."
if command -v apt-get >/dev/null 2>&1; then
  as_root apt-get update -qq
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium fonts-noto-core
elif command -v dnf >/dev/null 2>&1; then
  as_root dnf install -y -q chromium google-noto-sans-fonts
elif command -v apk >/dev/null 2>&1; then
  as_root apk add --quiet chromium font-noto
elif command -v pacman >/dev/null 2>&1; then
  as_root pacman -Sy --noconfirm --quiet chromium noto-fonts
elif command -v brew >/dev/null 2>&1; then
  brew install --cask chromium
fi
find_browser >/dev/null || {
  echo "No Chromium could be installed. Install it by hand, or name it in the variable CHROMIUM." >&2
  exit 1
}
