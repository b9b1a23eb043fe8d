# One image for all parts: the Harness, the servers with their agent, the load generator with its. docker-compose.yml says who does what.
ARG SDK=mcr.microsoft.com/dotnet/sdk:10.0.100-noble-aot
ARG RUNTIME=mcr.microsoft.com/dotnet/aspnet:10.0.0-noble

FROM ${SDK} AS build
ENV DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
WORKDIR /source

# Where packages come from, for who cannot reach nuget.org from here: a mirror's address, or a folder of the SDK image with all of them.
# Nor is nuget.org asked then what is known of their weaknesses: each restore would wait for it for minutes.
ARG NUGET_SOURCE=
# What packages are needed changes seldom: this layer is made again only when a project file was changed.
COPY global.json Directory.Build.props Directory.Packages.props .editorconfig ./
COPY Shared/Shared.csproj Shared/
COPY Shared/Nodes/Nodes.csproj Shared/Nodes/
COPY Servers/Servers.csproj Servers/
COPY Servers/Worker/Worker.csproj Servers/Worker/
COPY LoadGen/LoadGen.csproj LoadGen/
COPY Harness/Harness.csproj Harness/
RUN for program in Servers LoadGen Harness; do dotnet restore "$program" -v q ${NUGET_SOURCE:+--source "$NUGET_SOURCE" -p:NuGetAudit=false} || exit 1; done

COPY Shared Shared
COPY Servers Servers
COPY LoadGen LoadGen
COPY Harness Harness
RUN for program in Servers LoadGen Harness; do \
        dotnet publish "$program" --no-restore -c Release -v q -o /opt/c10k/bin/all/release || exit 1; \
    done
# The models of several processes start a native worker where one could be made, and the managed one where not; see run-bench.sh.
RUN mkdir -p /opt/c10k/native; \
    for framework in net10.0 net9.0; do \
        dotnet publish Servers/Worker -c Release -v q --use-current-runtime -p:PublishAot=true \
            -p:NativeFramework="$framework" -p:ArtifactsPath="/native/$framework" ${NUGET_SOURCE:+--source "$NUGET_SOURCE" -p:NuGetAudit=false} >/dev/null \
        && cp "/native/$framework/publish/Worker/release/Worker" /opt/c10k/native/ && break; \
    done; \
    true

FROM ${RUNTIME}
# The library of the libevent model, and what draws charts as PNG. Empty for none: the model is skipped then, and charts are SVG only.
ARG PACKAGES="libevent-2.1-7t64 librsvg2-bin"
RUN [ -z "$PACKAGES" ] || { apt-get update -qq && apt-get install -y -qq --no-install-recommends $PACKAGES && rm -rf /var/lib/apt/lists/*; }
COPY --from=build /opt/c10k /opt/c10k
# Volumes and mounts belong to whoever the container runs as, which is decided when it is started.
RUN mkdir -m 1777 /keys /results
ENV PATH=/opt/c10k/bin/all/release:$PATH HOME=/tmp C10K_RESULTS=/results DOTNET_EnableDiagnostics=0
ARG C10K_COMMIT=
ENV C10K_COMMIT=${C10K_COMMIT}
USER 1000:1000
ENTRYPOINT ["Harness"]
