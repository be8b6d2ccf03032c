# syntax=docker/dockerfile:1
#
# The command line as an image, for init containers, sidecars and jobs (docs/kubernetes.md): Node without a
# shell or a package manager, and the bundle. Nothing is compiled for a processor, so one build serves both:
#
#   docker buildx build --platform linux/amd64,linux/arm64 --tag registry.example.com/tokenvend:0.1.0 --push .
#
# Tags move. For a build that can be repeated, give digests too, and renew them as you renew packages:
#
#   --build-arg RUNTIME_IMAGE=gcr.io/distroless/nodejs24-debian12:nonroot@sha256:…
ARG BUILD_IMAGE=node:24-bookworm-slim
ARG RUNTIME_IMAGE=gcr.io/distroless/nodejs24-debian12:nonroot

FROM --platform=$BUILDPLATFORM ${BUILD_IMAGE} AS build
WORKDIR /build
COPY package.json package-lock.json ./
# No script of a package runs here: esbuild, the only one that is used, comes as a program.
RUN npm ci --ignore-scripts
COPY . .
RUN node --input-type=module --eval "\
import { buildCommandLine, commandLineRequest } from './build/command-line.ts';\
await buildCommandLine(commandLineRequest(process.cwd()));"
# The kernel starts it by its first line, and there is no /usr/bin/env that could look for node.
RUN sed '1s|.*|#!/nodejs/bin/node|' bin/tokenvend.js > bin/tokenvend && chmod 0555 bin/tokenvend

FROM ${RUNTIME_IMAGE}
# `kubectl exec` may then say `tokenvend`.
ENV PATH=/opt/tokenvend/bin:/usr/local/bin:/usr/bin:/bin
COPY --from=build /build/LICENSE /build/package.json /opt/tokenvend/
COPY --from=build /build/dist/cli/ /opt/tokenvend/dist/cli/
COPY --from=build /build/bin/tokenvend /opt/tokenvend/bin/
# A number, because kubelet cannot tell whether a name is root. Any other number works too.
USER 65532:65532
# Kubernetes has probes of its own, and one for every verb would be wrong for most.
HEALTHCHECK NONE
ENTRYPOINT ["/opt/tokenvend/bin/tokenvend"]
CMD ["--help"]
