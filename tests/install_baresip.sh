#!/bin/sh
# The telephone of the tests: baresip, a SIP client. Does nothing where it is there.
set -eu
[ -x /usr/bin/baresip ] && exit 0
if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
  echo "the tests of calls with sound want /usr/bin/baresip: apt-get install baresip-core" >&2
  exit 1
fi
apt-get update --quiet
DEBIAN_FRONTEND=noninteractive apt-get install --quiet --yes --no-install-recommends baresip-core
[ -x /usr/bin/baresip ] || { echo "apt-get installed no /usr/bin/baresip" >&2; exit 1; }
