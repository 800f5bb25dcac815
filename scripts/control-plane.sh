#!/usr/bin/env bash
# Gets a real Kubernetes control plane on Debian: scripts/control-plane.sh
# etcd comes from Debian's package etcd-server; kube-apiserver, kube-controller-manager and kube-scheduler are built once (about six
# minutes on two cores) from Debian's source package kubernetes. All stand in ${HARNESS_TOOLS:-~/.cache/harness}/control-plane, outside the
# checkout, and are found again. The last line printed is the folder with the four programs; nothing is installed as a service.
# Ends 3, saying what is missing, when they cannot be had.
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
home=${HARNESS_TOOLS:-${XDG_CACHE_HOME:-$HOME/.cache}/harness}/control-plane
bin=$home/bin
programs="kube-apiserver kube-controller-manager kube-scheduler"
[ $# -eq 0 ] || { echo "usage: scripts/control-plane.sh" >&2; exit 2; }
mkdir -p "$bin"
exec 9>"$home/.lock"
flock 9

missing() { echo "control-plane: $1" >&2; exit 3; }
logged() { # logged NAME COMMAND…: what the command says goes to a file, its end to the terminal when it fails
  local log=$home/$1.log
  shift
  "$@" >"$log" 2>&1 </dev/null || { tail -20 "$log" >&2; missing "'$*' failed; all of its output is in $log"; }
}

# apt with lists of its own, so that source packages are found on a machine whose sources.list has none, and without root.
apt_home=$home/apt
own_apt() {
  apt-get -o Dir::Etc::SourceList="$apt_home/sources.list" -o Dir::Etc::SourceParts=/dev/null \
    -o Dir::State::Lists="$apt_home/lists" -o Dir::Cache="$apt_home/cache" "$@"
}
prepare_apt() {
  [ -d "$apt_home/lists" ] && return
  command -v apt-get >/dev/null || missing "apt-get is missing: put etcd and $programs on the PATH or name their folder in KUBEBUILDER_ASSETS"
  mkdir -p "$apt_home/lists/partial" "$apt_home/cache/archives/partial"
  local origin="[signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] ${DEBIAN_MIRROR:-http://deb.debian.org/debian} bookworm main"
  printf 'deb %s\ndeb-src %s\n' "$origin" "$origin" >"$apt_home/sources.list"
  logged apt-update own_apt update
}

get_etcd() {
  [ -x "$bin/etcd" ] && return
  echo "Fetching Debian's etcd …" >&2
  prepare_apt
  rm -rf "$home/etcd" && mkdir -p "$home/etcd"
  (cd "$home/etcd" && logged etcd own_apt download etcd-server && logged etcd-unpack dpkg -x ./etcd-server_*.deb .)
  "$home/etcd/usr/bin/etcd" --version >/dev/null || missing "Debian's etcd does not run on this machine"
  mv "$home/etcd/usr/bin/etcd" "$bin/etcd" && rm -rf "$home/etcd"
}

built() {
  local program
  for program in $programs; do [ -x "$bin/$program" ] || return 1; done
}

go_root=/usr/lib/go-1.19
install_build_tools() {
  local tool lacking=
  for tool in "$go_root/bin/go" rsync jq make gcc dpkg-source; do command -v "$tool" >/dev/null || lacking="$lacking $tool"; done
  [ -n "$lacking" ] || return 0
  [ "$(id -u)" -eq 0 ] || missing "these are missing:$lacking. As root: apt-get install golang-1.19-go rsync jq make gcc libc6-dev dpkg-dev"
  echo "Installing what builds Kubernetes …" >&2
  logged tools-update apt-get update
  logged tools apt-get install -y --no-install-recommends golang-1.19-go rsync jq make gcc libc6-dev dpkg-dev
}

build_kubernetes() {
  built && return
  install_build_tools
  prepare_apt
  local work=$home/build tree
  tree=$work/go/src/k8s.io/kubernetes
  if [ ! -f "$tree/.unpacked" ]; then
    echo "Fetching Debian's Kubernetes source …" >&2
    rm -rf "$work" && mkdir -p "$work/go/src/k8s.io"
    (cd "$work" && logged source own_apt source --download-only kubernetes && logged unpack dpkg-source -x ./kubernetes_*.dsc "$tree")
    touch "$tree/.unpacked"
  fi
  echo "Building $programs, once; this takes about six minutes on two cores …" >&2
  local what= program
  for program in $programs; do what="$what cmd/$program"; done
  (cd "$tree" && PATH=$go_root/bin:$PATH GOPATH=$work/go GOCACHE=$work/cache GO111MODULE=off GOFLAGS= \
    KUBE_GIT_VERSION=v1.20.2 KUBE_GIT_COMMIT=debian KUBE_GIT_TREE_STATE=clean KUBE_GIT_MAJOR=1 KUBE_GIT_MINOR=20 \
    logged build make WHAT="${what# }")
  for program in $programs; do install -m 755 "$tree/_output/local/go/bin/$program" "$bin/$program.new" && mv "$bin/$program.new" "$bin/$program"; done
  chmod -R u+w "$work" && rm -rf "$work"
}

get_etcd
build_kubernetes
echo "$bin"
