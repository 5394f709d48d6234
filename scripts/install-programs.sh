#!/bin/sh
# Make sure that the programs are there which tests drive: Chromium, and LibreOffice, which makes PDFs of old documents.
# Both come from the system's package manager; Playwright's own download of a browser is not available everywhere.
# Chromium's headless shell, the engine without windows, makes most tests quicker: it is added where the package
# manager has it and nobody has to type a password for it, and missed by nobody else.
set -eu

find_one_of() {
  for name in "$@"; do
    if command -v "$name" >/dev/null 2>&1; then
      return 0
    fi
  done
  return 1
}

find_browser() {
  find_one_of ${CHROMIUM:-} chromium chromium-browser google-chrome-stable google-chrome
}

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi
}

can_be_root() {
  [ "$(id -u)" = 0 ] || sudo -n true 2>/dev/null
}

apt_install() {
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
    -o Acquire::Retries=1 -o Acquire::http::Timeout=20 "$@"
}

add_headless_shell() {
  command -v apt-get >/dev/null 2>&1 && can_be_root || return 0
  as_root apt-get update -qq -o Acquire::Retries=1 -o Acquire::http::Timeout=20 >/dev/null 2>&1 || return 0
  apt_install chromium-headless-shell fonts-noto-core >/dev/null 2>&1 || return 0
}

add_browser() {
  echo "Chromium is missing; installing it with the system's package manager."
  if command -v apt-get >/dev/null 2>&1; then
    as_root apt-get update -qq
    apt_install chromium fonts-noto-core
  elif command -v dnf >/dev/null 2>&1; then
    as_root dnf install -y -q chromium google-noto-sans-fonts
  elif command -v apk >/dev/null 2>&1; then
    as_root apk add --quiet chromium font-noto
  elif command -v pacman >/dev/null 2>&1; then
    as_root pacman -Sy --noconfirm --quiet chromium noto-fonts
  elif command -v brew >/dev/null 2>&1; then
    brew install --cask chromium
  fi
}

add_office() {
  echo "LibreOffice is missing; installing it with the system's package manager."
  if command -v apt-get >/dev/null 2>&1; then
    as_root apt-get update -qq
    apt_install libreoffice-writer-nogui libreoffice-calc-nogui libreoffice-impress-nogui
  elif command -v dnf >/dev/null 2>&1; then
    as_root dnf install -y -q libreoffice-writer libreoffice-calc libreoffice-impress
  elif command -v apk >/dev/null 2>&1; then
    as_root apk add --quiet libreoffice
  elif command -v pacman >/dev/null 2>&1; then
    as_root pacman -Sy --noconfirm --quiet libreoffice-still
  elif command -v brew >/dev/null 2>&1; then
    brew install --cask libreoffice
  fi
}

find_one_of ${CHROMIUM:-} chromium-headless-shell || add_headless_shell
find_browser || add_browser
find_browser || {
  echo "No Chromium could be installed. Install it by hand, or name it in the variable CHROMIUM." >&2
  exit 1
}
find_one_of soffice libreoffice || add_office
find_one_of soffice libreoffice || {
  echo "No LibreOffice could be installed. Install it by hand: the tests convert documents with it." >&2
  exit 1
}
