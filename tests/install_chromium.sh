#!/bin/sh
# The browser of the tests, and a font for what it shows. Does nothing where they are there.
set -eu
[ -x /usr/bin/chromium ] && exit 0
if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
  echo "the tests of the page want /usr/bin/chromium: apt-get install chromium fonts-noto-cjk" >&2
  exit 1
fi
apt-get update --quiet
DEBIAN_FRONTEND=noninteractive apt-get install --quiet --yes --no-install-recommends \
  chromium fonts-noto-cjk
[ -x /usr/bin/chromium ] || { echo "apt-get installed no /usr/bin/chromium" >&2; exit 1; }
