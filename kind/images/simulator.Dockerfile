# sim, with the programs that it starts; they share one copy of .NET. Context: the folder that scripts/images.sh publishes into.
# "hosts" gives the container the addresses of its instances: it needs the capability NET_ADMIN, not root. A capability that a
# container is granted reaches a user other than root only through a file that has it, here a copy of setpriv.
ARG BASE_IMAGE=mcr.microsoft.com/dotnet/runtime-deps:10.0
FROM ${BASE_IMAGE}
ARG TARGETARCH=amd64
RUN { command -v ip && command -v setcap; } >/dev/null || \
    { apt-get update && apt-get install -y --no-install-recommends iproute2 libcap2-bin && rm -rf /var/lib/apt/lists/*; }
RUN install -m 755 "$(command -v setpriv)" /usr/local/bin/setpriv-net-admin && \
    setcap cap_net_admin+ep /usr/local/bin/setpriv-net-admin && \
    install -d -o 65532 -g 65532 -m 700 /var/lib/sim
COPY ${TARGETARCH}/simulator /opt/harness
COPY simulator-entrypoint.sh /usr/local/bin/simulator-entrypoint
ENV DOTNET_EnableDiagnostics=0 HOME=/var/lib/sim
USER 65532:65532
WORKDIR /var/lib/sim
ENTRYPOINT ["/usr/local/bin/simulator-entrypoint"]
CMD ["up"]
