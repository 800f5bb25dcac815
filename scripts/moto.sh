#!/usr/bin/env bash
# Gets moto, an EC2 emulator that no one here wrote, and runs it on demand: scripts/moto.sh [run ADDRESS PORT]
# Debian trixie's python3-moto with its server, in a debootstrap folder ${HARNESS_TOOLS:-~/.cache/harness}/moto, outside the checkout,
# found again. Making the folder needs root, once (debootstrap is installed when it is missing); running it does not need more than
# a user namespace. Without a verb, the last line printed is the folder. "run" becomes the server: the folder's process is this one's.
# (debootstrap does not follow virtual packages, hence python3-cffi-backend by name.)
# Ends 2 on a wrong command line, 3, saying what is missing, when moto cannot be had.
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
home=${HARNESS_TOOLS:-${XDG_CACHE_HOME:-$HOME/.cache}/harness}/moto
tree=$home/root
case "$#:${1:-}" in
  0:) ;;
  3:run) ;;
  *) echo "usage: scripts/moto.sh [run ADDRESS PORT]" >&2; exit 2 ;;
esac

missing() { echo "moto: $1" >&2; exit 3; }
logged() { # logged NAME COMMAND…: what the command says goes to a file, its end to the terminal when it fails
  local log=$home/$1.log
  shift
  "$@" >"$log" 2>&1 </dev/null || { tail -20 "$log" >&2; missing "'$*' failed; all of its output is in $log"; }
}

get_debootstrap() {
  command -v debootstrap >/dev/null && return
  [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null || missing "debootstrap is missing: apt-get install debootstrap"
  echo "Installing debootstrap …" >&2
  logged apt-update apt-get update
  logged apt apt-get install -y --no-install-recommends debootstrap
}

get_moto() {
  [ -f "$tree/.complete" ] && return
  mkdir -p "$home"
  exec 9>"$home/.lock"
  flock 9
  [ -f "$tree/.complete" ] && return
  [ "$(id -u)" -eq 0 ] || missing "no moto in $tree: run scripts/moto.sh once as root"
  get_debootstrap
  echo "Fetching moto from Debian trixie …" >&2
  rm -rf "$tree"
  logged debootstrap debootstrap --variant=minbase --keyring=/usr/share/keyrings/debian-archive-keyring.gpg \
    --include=python3-cffi-backend,python3-moto,python3-flask,python3-flask-cors,python3-werkzeug,python3-yaml,python3-docker,python3-graphql-core,python3-joserfc \
    trixie "$tree" "${DEBIAN_MIRROR:-http://deb.debian.org/debian}"
  rm -rf "$tree"/var/cache/apt/archives/*.deb "$tree"/var/lib/apt/lists/*
  chroot "$tree" /usr/bin/python3 -c 'import moto.server, moto.ec2.models, moto.s3.models' || missing "moto does not run on this machine"
  touch "$tree/.complete"
  exec 9>&-
}

get_moto
if [ "${1:-}" = run ]; then
  enter=(chroot)
  [ "$(id -u)" -eq 0 ] || enter=(unshare --map-root-user chroot)
  exec "${enter[@]}" "$tree" /usr/bin/env -i PATH=/usr/bin:/bin HOME=/root PYTHONUNBUFFERED=1 /usr/bin/python3 -m moto.server -H "$2" -p "$3"
fi
echo "$tree"
