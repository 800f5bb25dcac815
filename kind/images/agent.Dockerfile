# vkvm-agent, with a shell for the workloads that it starts. Context: the folder that scripts/images.sh publishes into.
ARG BASE_IMAGE=mcr.microsoft.com/dotnet/runtime-deps:10.0
FROM ${BASE_IMAGE}
ARG TARGETARCH=amd64
RUN install -d -o 65532 -g 65532 -m 700 /var/lib/vkvm-agent
COPY ${TARGETARCH}/vkvm-agent /usr/local/bin/vkvm-agent
ENV DOTNET_EnableDiagnostics=0
USER 65532:65532
WORKDIR /var/lib/vkvm-agent
EXPOSE 8200
ENTRYPOINT ["/usr/local/bin/vkvm-agent"]
CMD ["run", "--listen", "0.0.0.0:8200", "--state-dir", "/var/lib/vkvm-agent"]
