#!/usr/bin/env bash
# Installs what the tests start besides Python: servers, a browser, fonts. Quick when nothing is missing.
set -euo pipefail

packages=()
need() { # need PACKAGE PATH-PATTERN… : ask for the package unless one of the paths exists
    local package=$1 pattern
    shift
    for pattern in "$@"; do
        if compgen -G "$pattern" >/dev/null; then return; fi
    done
    packages+=("$package")
}

need postgresql '/usr/lib/postgresql/*/bin/initdb'
need redis-server /usr/bin/redis-server /usr/local/bin/redis-server
need clamav-daemon /usr/sbin/clamd /usr/local/sbin/clamd
need nginx /usr/sbin/nginx /usr/local/sbin/nginx
need chromium /usr/bin/chromium
need fonts-noto-cjk '/usr/share/fonts/*/*/NotoSerifCJK*' '/usr/share/fonts/*/NotoSerifCJK*'
need libpango-1.0-0 '/usr/lib/*/libpango-1.0.so.0'
need libpangoft2-1.0-0 '/usr/lib/*/libpangoft2-1.0.so.0'
need libharfbuzz-subset0 '/usr/lib/*/libharfbuzz-subset.so.0'
need libgl1 '/usr/lib/*/libGL.so.1'
need util-linux /usr/bin/setpriv

if [ ${#packages[@]} -eq 0 ]; then exit 0; fi
if [ "$(id -u)" -ne 0 ]; then
    echo "Missing: ${packages[*]}. As root: apt-get install ${packages[*]}" >&2
    if [ "${CI:-}" = true ]; then exit 1; fi
    echo "Tests that need them will be skipped." >&2
    exit 0
fi
export DEBIAN_FRONTEND=noninteractive
export RUNLEVEL=1 # the packages' own services are not wanted: tests start theirs
apt-get update -qq
apt-get install -y -qq --no-install-recommends "${packages[@]}" >/dev/null
