#!/usr/bin/python3
"""Plays the same calls against two EC2 endpoints and prints, as a table, what they answer differently:
scripts/compare-ec2.py NAME=URL NAME=URL   (each with a subnet that takes instances; needs Debian's python3-boto3)"""
import sys
import uuid

import boto3
import botocore
import requests
from botocore.config import Config

QUICK = Config(retries={"max_attempts": 0}, read_timeout=30)


class Place:
    """One EC2: a client, and a subnet, image and security group to launch with."""

    def __init__(self, name, url):
        self.name, self.url = name, url
        self.ec2 = boto3.client("ec2", endpoint_url=url, region_name="us-west-2", aws_access_key_id="test", aws_secret_access_key="test", config=QUICK)
        self.subnet = sorted(self.ec2.describe_subnets()["Subnets"], key=lambda subnet: subnet["AvailabilityZone"])[0]
        self.image = self.ec2.describe_images(Filters=[{"Name": "architecture", "Values": ["x86_64"]}])["Images"][0]["ImageId"]
        self.started = []

    def run(self, **changes):
        call = {"ImageId": self.image, "InstanceType": "m5.large", "SubnetId": self.subnet["SubnetId"], "MinCount": 1, "MaxCount": 1} | changes
        instance = self.ec2.run_instances(**{key: value for key, value in call.items() if value is not None})["Instances"][0]
        self.started.append(instance["InstanceId"])
        return instance

    def find(self, **call):
        return [instance for reservation in self.ec2.describe_instances(**call)["Reservations"] for instance in reservation["Instances"]]

    def one(self, instance):
        return self.find(InstanceIds=[instance])[0]

    def end(self):
        self.ec2.terminate_instances(InstanceIds=self.started)


def same_token(place):
    token = uuid.uuid4().hex
    return "the same instance" if place.run(ClientToken=token)["InstanceId"] == place.run(ClientToken=token)["InstanceId"] else "a second instance"


def token_other_parameters(place):
    token = uuid.uuid4().hex
    place.run(ClientToken=token)
    place.run(ClientToken=token, InstanceType="m5.xlarge")
    return "a second instance"


def token_of_the_dead(place):
    token = uuid.uuid4().hex
    dead = place.run(ClientToken=token)["InstanceId"]
    place.ec2.terminate_instances(InstanceIds=[dead])
    place.ec2.get_waiter("instance_terminated").wait(InstanceIds=[dead], WaiterConfig={"Delay": 1, "MaxAttempts": 30})
    return "the dead one" if place.run(ClientToken=token)["InstanceId"] == dead else "a new instance"


def told_token(place):
    token = uuid.uuid4().hex
    told = place.one(place.run(ClientToken=token)["InstanceId"]).get("ClientToken")
    return "the caller's" if told == token else f"always {told}"


def found_by_token(place):
    token = uuid.uuid4().hex
    place.run(ClientToken=token)
    return f"{len(place.find(Filters=[{'Name': 'client-token', 'Values': [token]}]))} found"


def state_at_once(place):
    return place.one(place.run()["InstanceId"])["State"]["Name"]


def state_in_termination(place):
    instance = place.run()["InstanceId"]
    return place.ec2.terminate_instances(InstanceIds=[instance])["TerminatingInstances"][0]["CurrentState"]["Name"]


def state_after_termination(place):
    instance = place.run()["InstanceId"]
    place.ec2.terminate_instances(InstanceIds=[instance])
    return place.one(instance)["State"]["Name"]


def terminated_twice(place):
    instance = place.run()["InstanceId"]
    place.ec2.terminate_instances(InstanceIds=[instance])
    return "accepted: " + place.ec2.terminate_instances(InstanceIds=[instance])["TerminatingInstances"][0]["CurrentState"]["Name"]


def started_after_termination(place):
    instance = place.run()["InstanceId"]
    place.ec2.terminate_instances(InstanceIds=[instance])
    return "accepted: " + place.ec2.start_instances(InstanceIds=[instance])["StartingInstances"][0]["CurrentState"]["Name"]


def launched(**changes):
    return lambda place: "launched" if place.run(**changes) else ""


def dns_name(place):
    return ".".join(place.run()["PrivateDnsName"].split(".")[1:])


def interface_name(place):
    card = place.ec2.create_network_interface(SubnetId=place.subnet["SubnetId"])["NetworkInterface"]
    place.ec2.delete_network_interface(NetworkInterfaceId=card["NetworkInterfaceId"])
    return ".".join(card.get("PrivateDnsName", "none").split(".")[1:])


def interface_address(place):
    cards = [place.ec2.create_network_interface(SubnetId=place.subnet["SubnetId"])["NetworkInterface"] for _ in range(2)]
    first, second = (int(card["PrivateIpAddress"].split(".")[3]) + 256 * int(card["PrivateIpAddress"].split(".")[2]) for card in cards)
    for card in cards:
        place.ec2.delete_network_interface(NetworkInterfaceId=card["NetworkInterfaceId"])
    return "one after the other" if second == first + 1 else "anywhere in the subnet"


def raw(place, action, headers, **parameters):
    return requests.post(place.url, data={"Action": action, "Version": "2016-11-15"} | parameters, headers=headers, timeout=30)


def booleans(place):
    card = place.ec2.create_network_interface(SubnetId=place.subnet["SubnetId"])["NetworkInterface"]["NetworkInterfaceId"]
    body = raw(place, "DescribeNetworkInterfaces", signed()).text
    place.ec2.delete_network_interface(NetworkInterfaceId=card)
    return "True, False" if ">True<" in body or ">False<" in body else "true, false"


def signed():
    return {"Authorization": "AWS4-HMAC-SHA256 Credential=test/20260101/us-west-2/ec2/aws4_request, SignedHeaders=host, Signature=" + "0" * 64}


def unsigned(place):
    return f"HTTP {raw(place, 'DescribeInstances', {}).status_code}"


def unknown_operation(place):
    return f"HTTP {raw(place, 'MakeCoffee', signed()).status_code}"


def unknown_filter(place):
    return f"{len(place.find(Filters=[{'Name': 'no-such-filter', 'Values': ['x']}]))} found"


def page_of_two(place):
    return "accepted" if place.ec2.describe_instances(MaxResults=2) else ""


def dry_run(place):
    return place.run(DryRun=True)["InstanceId"] and "launched"


def tag_of_nothing(place):
    place.ec2.create_tags(Resources=["i-0123456789abcdef0"], Tags=[{"Key": "a", "Value": "b"}])
    return "accepted"


def create_vpc(place):
    vpc = place.ec2.create_vpc(CidrBlock="127.250.0.0/16")["Vpc"]["VpcId"]
    place.ec2.delete_vpc(VpcId=vpc)
    return "accepted"


PROBES = {
    "RunInstances twice with one ClientToken": same_token,
    "RunInstances with a used ClientToken and another type": token_other_parameters,
    "RunInstances with the ClientToken of a terminated instance": token_of_the_dead,
    "clientToken that DescribeInstances tells": told_token,
    "DescribeInstances by the filter client-token": found_by_token,
    "state right after RunInstances": state_at_once,
    "state in the answer of TerminateInstances": state_in_termination,
    "state right after TerminateInstances": state_after_termination,
    "TerminateInstances, a second time": terminated_twice,
    "TerminateInstances of an unknown instance": lambda place: place.ec2.terminate_instances(InstanceIds=["i-0123456789abcdef0"]) and "accepted",
    "StartInstances of a terminated instance": started_after_termination,
    "RunInstances, unknown image": launched(ImageId="ami-0123456789abcdef0"),
    "RunInstances, unknown type": launched(InstanceType="m5.enormous"),
    "RunInstances, unknown subnet": launched(SubnetId="subnet-0123456789abcdef0"),
    "RunInstances, unknown security group": launched(SecurityGroupIds=["sg-0123456789abcdef0"]),
    "RunInstances, unknown key pair": launched(KeyName="nobodys"),
    "RunInstances, unknown instance profile": launched(IamInstanceProfile={"Name": "nobodys"}),
    "RunInstances, user data of 17 kB": launched(UserData="x" * 17000),
    "RunInstances as DryRun": dry_run,
    "domain of an instance's private DNS name": dns_name,
    "domain of a network interface's private DNS name": interface_name,
    "addresses of two network interfaces": interface_address,
    "booleans in the answer of DescribeNetworkInterfaces": booleans,
    "call without a signature": unsigned,
    "unknown operation": unknown_operation,
    "unknown filter": unknown_filter,
    "MaxResults of 2": page_of_two,
    "CreateTags on what is not there": tag_of_nothing,
    "CreateVpc": create_vpc,
}


def answer(probe, place):
    try:
        return probe(place)
    except botocore.exceptions.ClientError as error:
        return error.response["Error"]["Code"] or f"HTTP {error.response['ResponseMetadata']['HTTPStatusCode']}"
    except Exception as error:  # what an SDK cannot read is an answer, too
        return type(error).__name__


def main():
    if len(sys.argv) != 3 or not all("=" in word for word in sys.argv[1:]):
        sys.exit(__doc__)
    places = [Place(*word.split("=", 1)) for word in sys.argv[1:]]
    rows = [(name, [answer(probe, place) for place in places]) for name, probe in PROBES.items()]
    for place in places:
        place.end()
    print(f"| what | {places[0].name} | {places[1].name} |\n|---|---|---|")
    for name, (first, second) in rows:
        if first != second:
            print(f"| {name} | {first} | {second} |")
    print(f"\nThe same: {', '.join(f'{name} ({first})' for name, (first, second) in rows if first == second)}")


main()
