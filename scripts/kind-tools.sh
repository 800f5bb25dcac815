#!/usr/bin/env bash
# Gets, on Debian, what tests the images and the cluster configuration of kind/ without an image registry: scripts/kind-tools.sh kind|base
#   kind: Debian trixie's kind; prints the program's path
#   base: a base image made by debootstrap, as a tar file for "docker import"; prints its path (making it needs root, once)
# Both stand in ${HARNESS_TOOLS:-~/.cache/harness}/kind, outside the checkout, and are found again. Ends 3, saying what is missing.
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
home=${HARNESS_TOOLS:-${XDG_CACHE_HOME:-$HOME/.cache}/harness}/kind
mirror=${DEBIAN_MIRROR:-http://deb.debian.org/debian}
keyring=/usr/share/keyrings/debian-archive-keyring.gpg
case "$#:${1:-}" in 1:kind | 1:base) ;; *) echo "usage: scripts/kind-tools.sh kind|base" >&2; exit 2 ;; esac
mkdir -p "$home"
exec 9>"$home/.lock"
flock 9

missing() { echo "kind-tools: $1" >&2; exit 3; }
logged() { # logged NAME COMMAND…: what the command says goes to a file, its end to the terminal when it fails
  local log=$home/$1.log
  shift
  "$@" >"$log" 2>&1 </dev/null || { tail -20 "$log" >&2; missing "'$*' failed; all of its output is in $log"; }
}

# apt with lists of its own: trixie's packages are not those of this machine, and are unpacked, not installed.
trixie_apt() {
  apt-get -o Dir::Etc::SourceList="$home/apt/sources.list" -o Dir::Etc::SourceParts=/dev/null \
    -o Dir::State::Lists="$home/apt/lists" -o Dir::Cache="$home/apt/cache" "$@"
}

get_kind() {
  [ -x "$home/bin/kind" ] && return
  command -v apt-get >/dev/null && command -v dpkg >/dev/null || missing "this is not Debian: put kind on the PATH, see https://kind.sigs.k8s.io"
  echo "Fetching Debian trixie's kind …" >&2
  mkdir -p "$home/apt/lists/partial" "$home/apt/cache/archives/partial" "$home/bin"
  echo "deb [signed-by=$keyring] $mirror trixie main" >"$home/apt/sources.list"
  logged update trixie_apt update
  rm -rf "$home/package" && mkdir -p "$home/package"
  (cd "$home/package" && logged download trixie_apt download kind && logged unpack dpkg -x ./kind_*.deb .)
  "$home/package/usr/bin/kind" version >/dev/null || missing "Debian trixie's kind does not run on this machine"
  mv "$home/package/usr/bin/kind" "$home/bin/kind" && rm -rf "$home/package"
}

get_base() {
  [ -f "$home/base.tar" ] && return
  [ "$(id -u)" -eq 0 ] || missing "the base image is not there yet: run scripts/kind-tools.sh base once as root"
  command -v debootstrap >/dev/null || { logged apt-update apt-get update; logged apt apt-get install -y --no-install-recommends debootstrap; }
  echo "Making a base image from Debian bookworm …" >&2
  local tree=$home/base.tree
  rm -rf "$tree"
  logged debootstrap debootstrap --variant=minbase --keyring="$keyring" --include=ca-certificates,libssl3,iproute2,libcap2-bin bookworm "$tree" "$mirror"
  rm -rf "$tree"/var/cache/apt/archives/*.deb "$tree"/var/lib/apt/lists/*
  tar -C "$tree" --numeric-owner -cf "$home/base.tar.new" . && mv "$home/base.tar.new" "$home/base.tar"
  rm -rf "$tree"
}

case $1 in
  kind) get_kind; echo "$home/bin/kind" ;;
  base) get_base; echo "$home/base.tar" ;;
esac
