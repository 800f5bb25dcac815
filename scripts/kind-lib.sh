# What kind.sh and test-images.sh share: instances' addresses on a docker network, and what an empty EC2 needs before a provider can
# launch. Sourced after lib.sh, never run. The caller defines "ec2", which runs "aws ec2" against the emulator.
export AWS_REGION=us-west-2 AWS_DEFAULT_REGION=us-west-2 AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test
agent_port=8200

ipv4_subnet() { # ipv4_subnet NETWORK: the network's IPv4 range
  docker network inspect "$1" --format '{{range .IPAM.Config}}{{println .Subnet}}{{end}}' | grep -v : | head -1
}

# instance_subnet CIDR: 256 addresses at the upper end of a network, where docker, which hands out from the lower end, does not come.
# Not the very last 256: those hold the broadcast address.
instance_subnet() {
  local address=${1%/*} length=${1#*/} a b c d number
  [ "$length" -le 22 ] || { echo "The network $1 is too small to carve instances' addresses from: it needs at least a /22." >&2; return 1; }
  IFS=. read -r a b c d <<<"$address"
  number=$(((((a << 24 | b << 16 | c << 8 | d) >> (32 - length)) + 1 << (32 - length)) - 512))
  echo "$((number >> 24 & 255)).$((number >> 16 & 255)).$((number >> 8 & 255)).0/24"
}

# vpc_range CIDR: the network itself, or, of one larger than EC2's largest VPC, the /16 that the instances' subnet is in.
vpc_range() {
  [ "${1#*/}" -lt 16 ] || { echo "$1"; return; }
  local subnet
  subnet=$(instance_subnet "$1") && echo "$(cut -d. -f1,2 <<<"$subnet").0.0/16"
}

# make_cloud CIDR: VPC, subnet, security group and image; sets subnet_id, group_id, image_id.
make_cloud() {
  local vpc
  vpc=$(ec2 create-vpc --cidr-block "$(vpc_range "$1")" --query Vpc.VpcId --output text)
  ec2 modify-vpc-attribute --vpc-id "$vpc" --enable-dns-hostnames >/dev/null
  subnet_id=$(ec2 create-subnet --vpc-id "$vpc" --cidr-block "$(instance_subnet "$1")" --query Subnet.SubnetId --output text)
  group_id=$(ec2 create-security-group --group-name agents --description "Agents of the virtual kubelet" --vpc-id "$vpc" --query GroupId --output text)
  ec2 authorize-security-group-ingress --group-id "$group_id" --protocol tcp --port "$agent_port" --cidr "$1" >/dev/null
  image_id=$(ec2 register-image --name agent --architecture x86_64 --root-device-name /dev/xvda --query ImageId --output text)
}

# write_overlay FOLDER OVERLAY ENDPOINT: the manifests of kind/manifests/overlays/OVERLAY with the cluster's own configuration.
write_overlay() {
  mkdir -p "$1"
  cat >"$1/config.json" <<JSON
{
  "Region": "$AWS_REGION",
  "ClusterName": "harness",
  "ManagementSubnet": "$subnet_id",
  "VMConfig": { "DefaultAMI": "$image_id", "DefaultInstanceType": "m5.large", "InitialSecurityGroups": ["$group_id"] },
  "BootstrapAgent": { "GRPCPort": $agent_port },
  "VKVMAgentConnectionConfig": { "Port": $agent_port }
}
JSON
  cat >"$1/kustomization.yaml" <<YAML
apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources:
  - $(realpath --relative-to="$1" "$root/kind/manifests/overlays/$2")
configMapGenerator:
  - name: virtual-kubelet-config
    namespace: virtual-kubelet
    behavior: replace
    files: [config.json]
  - name: virtual-kubelet-aws
    namespace: virtual-kubelet
    literals:
      - AWS_ENDPOINT_URL=$3
      - AWS_REGION=$AWS_REGION
      - AWS_ACCESS_KEY_ID=$AWS_ACCESS_KEY_ID
      - AWS_SECRET_ACCESS_KEY=$AWS_SECRET_ACCESS_KEY
      - AWS_EC2_METADATA_DISABLED=true
generatorOptions:
  disableNameSuffixHash: true
YAML
}
