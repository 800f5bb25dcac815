"""The smallest useful agent, in Python: runs the command of the one container of the one pod that it is given.
Usage: agent.py ADDRESS PORT STATE_FOLDER      (port 0: any free one; the first line of output says which)"""
import contextlib, os, pathlib, signal, subprocess, sys, threading, time  # noqa: E401
from concurrent import futures

import grpc
from google.protobuf import descriptor_pb2, descriptor_pool, message_factory

BUNDLE = os.environ.get("VKVM_CONTRACT", os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../artifacts/contract"))
LIFECYCLE = "vkvmagent.v0.ApplicationLifecycle"
# What this agent honours, or may pass over; anything else that is set in a pod is refused by name (L-10).
SPEC = """containers restartPolicy terminationGracePeriodSeconds nodeName volumes serviceAccountName serviceAccount dnsPolicy schedulerName tolerations
    nodeSelector affinity priority priorityClassName preemptionPolicy enableServiceLinks imagePullSecrets""".split()
CONTAINER = "name image command args env workingDir ports resources volumeMounts imagePullPolicy terminationMessagePath terminationMessagePolicy".split()
pool = descriptor_pool.DescriptorPool()
for file in descriptor_pb2.FileDescriptorSet.FromString(pathlib.Path(BUNDLE, "descriptors.binpb").read_bytes()).file:
    pool.AddSerializedFile(file.SerializeToString())

def message(name):
    new = getattr(message_factory, "GetMessageClass", None) or message_factory.MessageFactory(pool).GetPrototype
    return new(pool.FindMessageTypeByName(name))

Pod = message("k8s.io.api.core.v1.Pod")
Launched, Terminated = message("vkvmagent.v0.LaunchApplicationResponse"), message("vkvmagent.v0.TerminateApplicationResponse")
Health, Response = message("grpc.health.v1.HealthCheckResponse"), message("vkvmagent.v0.ApplicationHealthResponse")
UNKNOWN = Health(status="SERVICE_UNKNOWN")

def refusal(pod):
    """Why this pod cannot be run, or None."""
    if not (pod.metadata.uid and pod.metadata.name and len(pod.spec.containers) == 1 and pod.spec.containers[0].command):
        return "metadata.uid, metadata.name and one container are needed, with a command: this agent has no images"
    container = pod.spec.containers[0]
    for path, part, known in (("spec", pod.spec, SPEC), ("spec.containers[0]", container, CONTAINER)):
        for field, value in part.ListFields():
            if field.name not in known and getattr(value, "ListFields", lambda: value)():
                return f"{path}.{field.name}: not supported by this agent"
    if not all(volume.name.startswith("kube-api-access-") for volume in pod.spec.volumes):
        return "spec.volumes: not supported by this agent"
    return "spec.containers[0].env: valueFrom is not supported by this agent" if any(v.HasField("valueFrom") for v in container.env) else None

class Agent:
    """The one application. `changed` guards everything; it is notified of each change, and of the end of each watch."""

    def __init__(self, folder):
        self.folder, self.file = folder, pathlib.Path(folder, "pod")
        self.changed, self.uids, self.health, self.response = threading.Condition(), set(), Health(status="SERVING"), Response(podStatus={"phase": "Pending"})
        self.pod, self.process, self.since, self.ending, self.restarts = None, None, None, False, 0
        if self.file.exists():
            with self.changed:
                self.recover()

    def recover(self):
        """After a restart: the truth about the pod there was (R-03). What is left of its processes is ended."""
        self.pod = Pod.FromString(self.file.read_bytes())
        self.uids.add(self.pod.metadata.uid)
        self.response.podStatus.CopyFrom(self.pod.status)
        for process in pathlib.Path("/proc").glob("[0-9]*"):
            with contextlib.suppress(OSError):
                if f"VKVM_POD_UID={self.pod.metadata.uid}".encode() in (process / "environ").read_bytes().split(b"\0"):
                    os.kill(int(process.name), signal.SIGKILL)
        if self.active():
            self.publish("Failed", "terminated", exitCode=137, reason="AgentRestarted", message="the agent was killed")

    def active(self):
        return self.pod is not None and self.response.podStatus.phase in ("Pending", "Running")

    def publish(self, phase, state, **facts):
        """A new status; the lock is held. It is on disk before anyone sees it."""
        new, container, now, ready = Response(), self.pod.spec.containers[0], int(time.time()), state == "running"
        new.podStatus.phase = phase
        status = new.podStatus.containerStatuses.add(name=container.name, image=container.image, ready=ready, restartCount=self.restarts)
        part = getattr(status.state, state)
        part.MergeFrom(type(part)(**facts))
        for name in {"waiting": (), "running": ("startedAt",), "terminated": ("startedAt", "finishedAt")}[state]:
            getattr(part, name).seconds = self.since if name == "startedAt" and self.since else now
        for kind, holds in (("PodScheduled", True), ("Initialized", True), ("ContainersReady", ready), ("Ready", ready)):
            new.podStatus.conditions.add(type=kind, status="True" if holds else "False")
        self.pod.status.CopyFrom(new.podStatus)
        self.file.with_suffix(".new").write_bytes(self.pod.SerializeToString())
        os.replace(self.file.with_suffix(".new"), self.file)
        self.response = new
        self.changed.notify_all()

    def launch(self, request, context):
        if problem := refusal(request.pod):
            context.abort(grpc.StatusCode.INVALID_ARGUMENT, problem)
        with self.changed:
            if request.pod.metadata.uid in self.uids:
                return Launched()
            if self.active():
                context.abort(grpc.StatusCode.ALREADY_EXISTS, f"the pod {self.pod.metadata.uid} is active on this agent")
            before, self.pod = self.pod, request.pod
            self.process, self.since, self.ending, self.restarts = None, None, False, 0
            try:
                self.publish("Pending", "waiting", reason="ContainerCreating")
            except OSError as error:
                self.pod = before
                context.abort(grpc.StatusCode.RESOURCE_EXHAUSTED, f"the pod cannot be written down: {error}")
            self.uids.add(self.pod.metadata.uid)
        threading.Thread(target=self.run, daemon=True).start()
        return Launched()

    def run(self):
        """Runs the container, again where the restart policy says so, until its end."""
        container, policy = self.pod.spec.containers[0], self.pod.spec.restartPolicy or "Always"
        variables = {"PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": self.folder, "HOSTNAME": self.pod.metadata.name,
                     "VKVM_POD_UID": self.pod.metadata.uid, **{variable.name: variable.value for variable in container.env}}
        while True:
            code, reason, text = 137, "Error", "ended before it was started"
            with self.changed, open(os.path.join(self.folder, "output.log"), "ab") as output:
                try:
                    self.process = None if self.ending else subprocess.Popen(
                        [*container.command, *container.args], env=variables, cwd=container.workingDir or self.folder,
                        stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT, start_new_session=True)
                except OSError as error:
                    self.process, code, reason, text = None, 127, "ContainerCannotRun", str(error)
                if self.process:
                    self.since = int(time.time())
                    self.publish("Running", "running")
            if self.process:
                code = self.process.wait()
                kill(self.process)  # what is left of its group
                code, reason, text = code if code >= 0 else 128 - code, "Error" if code else "Completed", ""
            with self.changed:
                if self.ending or policy == "Never" or (policy == "OnFailure" and code == 0):
                    return self.publish("Failed" if code else "Succeeded", "terminated", exitCode=code, reason=reason, message=text)
                self.publish("Running", "waiting", reason="CrashLoopBackOff", message=f"{reason}: exit code {code} {text}")
                self.changed.wait_for(lambda: self.ending, min(10 * 2 ** self.restarts, 300))
                self.restarts += 1

    def terminate(self, request, context):
        spec = self.pod.spec if self.pod else None
        grace = spec.terminationGracePeriodSeconds if spec and spec.HasField("terminationGracePeriodSeconds") else 30
        given = dict(context.invocation_metadata()).get("vkvm-grace-period-seconds", str(grace))
        if not given.isdigit():
            context.abort(grpc.StatusCode.INVALID_ARGUMENT, f'vkvm-grace-period-seconds: "{given}" is not a whole number of seconds')
        self.end(int(given))
        return Terminated()

    def end(self, grace):
        with self.changed:
            process, self.ending = self.process, self.ending or self.active()
            self.changed.notify_all()
            if self.active() and process:
                process.send_signal(signal.SIGTERM)
                threading.Thread(target=lambda: time.sleep(grace) or process.poll() is None and kill(process), daemon=True).start()

    def health_of(self, request, context):
        known = request.service in ("", LIFECYCLE)
        return self.health if known else context.abort(grpc.StatusCode.NOT_FOUND, f'no service "{request.service}"')

    def watch_health(self, request, context):
        return self.watch(context, lambda: self.health if request.service in ("", LIFECYCLE) else UNKNOWN)

    def watch(self, context, value):
        """Yields the value, and again whenever it has changed, until the call ends."""
        def wake():
            with self.changed:
                self.changed.notify_all()
        seen, going = None, context.add_callback(wake)
        while going:
            with self.changed:
                self.changed.wait_for(lambda: value() is not seen or not context.is_active())
                seen, going = value(), context.is_active()
            if going:
                yield seen

def kill(process):
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)

def service(name, **methods):
    """Handlers by the names of their methods; those that watch stream."""
    kinds = {True: grpc.unary_stream_rpc_method_handler, False: grpc.unary_unary_rpc_method_handler}
    return grpc.method_handlers_generic_handler(name, {
        method.name: kinds[method.name.startswith("Watch")](
            methods[method.name], message(method.input_type.full_name).FromString, lambda response: response.SerializeToString())
        for method in pool.FindServiceByName(name).methods if method.name in methods})

def main(address, port, folder):
    os.makedirs(folder, exist_ok=True)
    agent, stopping = Agent(folder), threading.Event()
    server = grpc.server(futures.ThreadPoolExecutor(max_workers=64), options=[("grpc.so_reuseport", 0)])
    server.add_generic_rpc_handlers((
        service(LIFECYCLE, LaunchApplication=agent.launch, TerminateApplication=agent.terminate,
                CheckApplicationHealth=lambda *_: agent.response, WatchApplicationHealth=lambda _, call: agent.watch(call, lambda: agent.response)),
        service("grpc.health.v1.Health", Check=agent.health_of, Watch=agent.watch_health)))
    print(f"serving on {address}:{server.add_insecure_port(f'{address}:{port}')}", flush=True)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopping.set())
    server.start()
    stopping.wait()
    agent.health = Health(status="NOT_SERVING")
    agent.end(10)
    with agent.changed:
        agent.changed.wait_for(lambda: not agent.active(), 12)
    server.stop(1).wait()

main(sys.argv[1], int(sys.argv[2]), sys.argv[3])
