# vk-provider. Context: the folder that scripts/images.sh publishes into.
ARG BASE_IMAGE=mcr.microsoft.com/dotnet/runtime-deps:10.0-noble-chiseled
FROM ${BASE_IMAGE}
ARG TARGETARCH=amd64
COPY ${TARGETARCH}/vk-provider /usr/local/bin/vk-provider
ENV DOTNET_EnableDiagnostics=0
USER 65532:65532
EXPOSE 10250 10256
ENTRYPOINT ["/usr/local/bin/vk-provider"]
