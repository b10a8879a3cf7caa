#!/bin/sh
# `ip`, with which the tests of several hosts make their network. Does nothing where it is there.
set -eu
command -v ip >/dev/null && exit 0
if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
  echo "the tests of several hosts want ip, as root: apt-get install iproute2" >&2
  exit 1
fi
apt-get update --quiet
DEBIAN_FRONTEND=noninteractive apt-get install --quiet --yes --no-install-recommends iproute2
