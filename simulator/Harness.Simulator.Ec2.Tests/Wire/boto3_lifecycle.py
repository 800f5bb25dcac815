"""A life cycle of instances, tags and network interfaces through Debian's boto3; the endpoint is $EC2_ENDPOINT."""
import base64
import os

import boto3
from botocore.exceptions import ClientError, WaiterError

ENDPOINT = os.environ["EC2_ENDPOINT"]
IMAGE, SUBNET, GROUP = "ami-0a000000000000001", "subnet-0a000000000000001", "sg-0a000000000000002"
FAST = {"Delay": 0.1, "MaxAttempts": 300}
ec2 = boto3.client("ec2", endpoint_url=ENDPOINT)


def refused(code, call, **arguments):
    """The call must be refused with this code; gives the error."""
    try:
        call(**arguments)
    except ClientError as error:
        assert error.response["Error"]["Code"] == code, error
        assert error.response["ResponseMetadata"]["RequestId"], error.response
        return error.response
    raise AssertionError(f"not refused with {code}")


def launch(**more):
    arguments = {"ImageId": IMAGE, "InstanceType": "m5.large", "MinCount": 1, "MaxCount": 1, **more}
    return ec2.run_instances(**arguments)


def step(function):
    function()
    print(function.__name__, flush=True)


def identity():
    sts = boto3.client("sts", endpoint_url=ENDPOINT)
    answer = sts.get_caller_identity()
    assert answer["Account"] == "123456789012" and answer["Arn"].startswith("arn:aws:iam::"), answer


def one_instance():
    tags = [{"Key": "PodUid", "Value": "u-1"}, {"Key": "Name", "Value": "default/web"}]
    arguments = dict(
        SubnetId=SUBNET, SecurityGroupIds=[GROUP], KeyName="harness", UserData="#!/bin/sh\necho hello\n", ClientToken="boto-1",
        IamInstanceProfile={"Name": "harness-instance"}, InstanceInitiatedShutdownBehavior="terminate",
        MetadataOptions={"HttpTokens": "required", "HttpPutResponseHopLimit": 2},
        TagSpecifications=[{"ResourceType": "instance", "Tags": tags}, {"ResourceType": "volume", "Tags": tags[:1]}])
    reservation = launch(**arguments)
    instance = reservation["Instances"][0]
    assert reservation["ReservationId"].startswith("r-") and reservation["OwnerId"] == "123456789012"
    assert instance["State"] == {"Code": 0, "Name": "pending"}, instance["State"]
    assert instance["PrivateIpAddress"].startswith("127.7.0."), instance
    assert launch(**arguments)["Instances"][0]["InstanceId"] == instance["InstanceId"]
    refused("IdempotentParameterMismatch", launch, **{**arguments, "InstanceType": "m5.xlarge"})

    ids = [instance["InstanceId"]]
    ec2.get_waiter("instance_running").wait(InstanceIds=ids, WaiterConfig=FAST)
    ec2.get_waiter("instance_status_ok").wait(InstanceIds=ids, WaiterConfig=FAST)
    found = ec2.describe_instances(Filters=[
        {"Name": "tag:PodUid", "Values": ["u-1"]}, {"Name": "instance-state-name", "Values": ["running"]},
        {"Name": "client-token", "Values": ["boto-1"]}])["Reservations"][0]["Instances"][0]
    assert found["MetadataOptions"]["HttpTokens"] == "required" and found["MetadataOptions"]["HttpPutResponseHopLimit"] == 2
    assert found["SecurityGroups"] == [{"GroupId": GROUP, "GroupName": "agents"}], found["SecurityGroups"]
    assert found["IamInstanceProfile"]["Arn"].endswith("/harness-instance")
    assert found["NetworkInterfaces"][0]["PrivateIpAddress"] == found["PrivateIpAddress"]
    assert found["PrivateDnsName"] == "ip-" + found["PrivateIpAddress"].replace(".", "-") + ".us-west-2.compute.internal"
    assert found["LaunchTime"].tzinfo is not None and found["BlockDeviceMappings"][0]["Ebs"]["Status"] == "attached"
    data = ec2.describe_instance_attribute(InstanceId=ids[0], Attribute="userData")["UserData"]["Value"]
    assert base64.b64decode(data).startswith(b"#!/bin/sh")

    ec2.create_tags(Resources=ids, Tags=[{"Key": "Extra", "Value": "<&>"}])
    ec2.delete_tags(Resources=ids, Tags=[{"Key": "Name"}])
    listed = ec2.describe_tags(Filters=[{"Name": "resource-id", "Values": ids}])["Tags"]
    assert {tag["Key"]: tag["Value"] for tag in listed} == {"PodUid": "u-1", "Extra": "<&>"}, listed

    changes = ec2.terminate_instances(InstanceIds=ids)["TerminatingInstances"]
    assert changes[0]["PreviousState"]["Name"] == "running" and changes[0]["CurrentState"]["Name"] == "shutting-down", changes
    ec2.get_waiter("instance_terminated").wait(InstanceIds=ids, WaiterConfig=FAST)
    ghost = ec2.describe_instances(InstanceIds=ids)["Reservations"][0]["Instances"][0]
    assert ghost["StateReason"]["Code"] == "Client.UserInitiatedShutdown" and "PrivateIpAddress" not in ghost, ghost
    refused("IdempotentInstanceTerminated", launch, **arguments)
    try:
        ec2.get_waiter("instance_running").wait(InstanceIds=ids, WaiterConfig=FAST)
        raise AssertionError("the waiter must see that it cannot run any more")
    except WaiterError:
        pass


def stop_and_start():
    ids = [launch()["Instances"][0]["InstanceId"]]
    ec2.get_waiter("instance_running").wait(InstanceIds=ids, WaiterConfig=FAST)
    ec2.stop_instances(InstanceIds=ids)
    ec2.get_waiter("instance_stopped").wait(InstanceIds=ids, WaiterConfig=FAST)
    ec2.start_instances(InstanceIds=ids)
    ec2.get_waiter("instance_running").wait(InstanceIds=ids, WaiterConfig=FAST)
    ec2.reboot_instances(InstanceIds=ids)
    ec2.modify_instance_attribute(InstanceId=ids[0], Groups=[GROUP])
    ec2.modify_instance_attribute(InstanceId=ids[0], DisableApiTermination={"Value": True})
    refused("OperationNotPermitted", ec2.terminate_instances, InstanceIds=ids)
    ec2.modify_instance_attribute(InstanceId=ids[0], DisableApiTermination={"Value": False})
    ec2.terminate_instances(InstanceIds=ids)


def pages():
    ids = [one["InstanceId"] for one in launch(MinCount=13, MaxCount=13)["Instances"]]
    paginator = ec2.get_paginator("describe_instances")
    told = [
        instance["InstanceId"]
        for page in paginator.paginate(Filters=[{"Name": "instance-id", "Values": ids}], PaginationConfig={"PageSize": 5})
        for reservation in page["Reservations"] for instance in reservation["Instances"]]
    assert sorted(told) == sorted(ids), told
    types = [
        one["InstanceType"] for page in ec2.get_paginator("describe_instance_types").paginate(PaginationConfig={"PageSize": 10})
        for one in page["InstanceTypes"]]
    assert len(types) == len(set(types)) == 23, types
    ec2.terminate_instances(InstanceIds=ids)
    ec2.get_waiter("instance_terminated").wait(InstanceIds=ids, WaiterConfig=FAST)


def interfaces():
    made = ec2.create_network_interface(
        SubnetId=SUBNET, Description="node", Groups=[GROUP],
        TagSpecifications=[{"ResourceType": "network-interface", "Tags": [{"Key": "Name", "Value": "cluster-0"}]}])["NetworkInterface"]
    ids = [made["NetworkInterfaceId"]]
    assert made["TagSet"] == [{"Key": "Name", "Value": "cluster-0"}] and made["PrivateDnsName"].startswith("ip-127-7-"), made
    ec2.get_waiter("network_interface_available").wait(NetworkInterfaceIds=ids, WaiterConfig=FAST)
    found = ec2.describe_network_interfaces(Filters=[
        {"Name": "tag:Name", "Values": ["cluster-*"]}, {"Name": "subnet-id", "Values": [SUBNET]}])["NetworkInterfaces"]
    assert [one["NetworkInterfaceId"] for one in found] == ids, found
    launched = launch(NetworkInterfaces=[{"DeviceIndex": 0, "NetworkInterfaceId": ids[0]}])["Instances"][0]
    assert launched["PrivateIpAddress"] == made["PrivateIpAddress"]
    refused("InvalidNetworkInterface.InUse", ec2.delete_network_interface, NetworkInterfaceId=ids[0])
    ec2.terminate_instances(InstanceIds=[launched["InstanceId"]])
    ec2.get_waiter("instance_terminated").wait(InstanceIds=[launched["InstanceId"]], WaiterConfig=FAST)
    ec2.delete_network_interface(NetworkInterfaceId=ids[0])
    refused("InvalidNetworkInterfaceID.NotFound", ec2.describe_network_interfaces, NetworkInterfaceIds=ids)


def catalogue():
    assert [one["CidrBlock"] for one in ec2.describe_subnets()["Subnets"]] == ["127.7.0.0/18", "127.7.64.0/18", "127.7.128.0/18"]
    assert ec2.describe_vpcs()["Vpcs"][0]["CidrBlock"] == "127.7.0.0/16"
    assert len(ec2.describe_availability_zones()["AvailabilityZones"]) == 3
    assert ec2.describe_regions()["Regions"][0]["RegionName"] == "us-west-2"
    groups = ec2.describe_security_groups(Filters=[{"Name": "group-name", "Values": ["default"]}])["SecurityGroups"]
    assert groups[0]["IpPermissionsEgress"][0]["IpRanges"] == [{"CidrIp": "0.0.0.0/0"}], groups
    mac = ec2.describe_instance_types(InstanceTypes=["mac2.metal"])["InstanceTypes"][0]
    assert mac["ProcessorInfo"]["SupportedArchitectures"] == ["arm64_mac"] and mac["MemoryInfo"]["SizeInMiB"] == 16384, mac
    assert len(ec2.describe_images(Owners=["self"])["Images"]) == 4
    assert ec2.describe_key_pairs()["KeyPairs"][0]["KeyName"] == "harness"
    assert len(ec2.describe_instance_type_offerings(LocationType="availability-zone")["InstanceTypeOfferings"]) == 69


def errors():
    refused("InvalidInstanceID.NotFound", ec2.describe_instances, InstanceIds=["i-0123456789abcdef0"])
    refused("InvalidInstanceID.Malformed", ec2.terminate_instances, InstanceIds=["web"])
    refused("InvalidAMIID.NotFound", launch, ImageId="ami-0123456789abcdef0")
    refused("InvalidParameterValue", launch, InstanceType="x9.huge")
    refused("InvalidParameterValue", ec2.describe_instances, Filters=[{"Name": "colour", "Values": ["red"]}])
    refused("UnknownParameter", launch, LaunchTemplate={"LaunchTemplateName": "x"})
    refused("InvalidAction", ec2.describe_nat_gateways)
    dry = refused("DryRunOperation", launch, DryRun=True)
    assert dry["ResponseMetadata"]["HTTPStatusCode"] == 412, dry


for one in (identity, one_instance, stop_and_start, pages, interfaces, catalogue, errors):
    step(one)
print("all steps passed")
