# What setup, run, test and CI share: how a step is announced while it works and reported when it fails.
# shellcheck shell=bash
set -euo pipefail
export LC_ALL=C.UTF-8 LANG=C.UTF-8  # a bare system knows no other locale

root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd -P)
logs=$root/build/logs

say() { printf '… %s\n' "$*"; }
die() { printf '✗ %s\n' "$@" >&2; exit 1; }

# step "what it does" "what to do if it fails" command…
# Runs the command with its output in a log. Says every few seconds how far it is, as far as ninja's or apt's output
# tells; on failure shows the log's last lines and the advice.
step() {
    local what=$1 advice=$2 log started=$SECONDS status=0
    shift 2
    mkdir -p -- "$logs"
    log=$logs/${what//[^a-zA-Z0-9]/-}.log
    say "$what"
    "$@" </dev/null 2>&1 | follow "$log" || status=$?
    if ((status != 0)); then
        printf '✗ failed after %s s: %s\n  the last lines of %s:\n' $((SECONDS - started)) "$what" "$log" >&2
        tail -n 25 -- "$log" | sed 's/^/    /' >&2
        printf '  What to do: %s\n' "$advice" >&2
        exit "$status"
    fi
}

follow() {
    local log=$1 line last=$SECONDS tells='^(\[[0-9]+/[0-9]+\]|Get:[0-9]+|Unpacking [^ ]+|Setting up [^ ]+)'
    while IFS= read -r line || [[ -n $line ]]; do
        printf '%s\n' "$line"
        if ((SECONDS - last >= 10)) && [[ $line =~ $tells ]]; then
            printf '    %s\n' "${BASH_REMATCH[1]}" >&3
            last=$SECONDS
        fi
    done 3>&1 >"$log"
}

# How many compilers fit: one a core, but each may need 2.5 GB.
jobs_that_fit() {
    local cores memory
    cores=$(nproc)
    memory=$(awk '/^MemAvailable/ {print int($2 / 2500000)}' /proc/meminfo 2>/dev/null || echo "$cores")
    ((memory >= 1)) || memory=1
    echo $((cores < memory ? cores : memory))
}

# configure PRESET: only when it was never done or the presets changed; ninja itself notices everything else.
configure() {
    local build=$root/build/$1
    if [[ ! -e $build/build.ninja || $root/CMakePresets.json -nt $build/build.ninja ]]; then
        step "configuring $1" "read the message above; scripts/setup installs what a build needs" \
            cmake -S "$root" --preset "$1"
    fi
}

# build PRESET [target…]
build() {
    local preset=$1 targets=()
    shift
    if (($#)); then targets=(--target "$@"); fi
    configure "$preset"
    step "building $preset${1:+ $*} (minutes the first time, seconds later)" \
        "read the first error above; if the compiler was killed, memory ran out: close programs and run again, it goes on where it stopped" \
        cmake --build "$root/build/$preset" --parallel "$(jobs_that_fit)" "${targets[@]}"
}

# fingerprint FOLDER: changes when a source file's name or content does.
fingerprint() {
    (cd -- "$1" && find . \( -name node_modules -o -name tests \) -prune -o -type f -print0 | sort -z | xargs -0 sha256sum) |
        sha256sum | cut -d' ' -f1
}

# npm_ci: the packages of the lock file. Debian's Node 18 leaves out optional ones that ask for a newer Node, and the
# build needs one of them; so it installs a newer Node first (a package like any other), and that one installs the rest.
npm_ci() {
    local own=$root/build/node
    npm --prefix "$root/web-client" ci --no-audit --no-fund || return
    node -e 'const [a, b] = process.versions.node.split("."); process.exit(a > 20 || (a == 20 && b >= 19) ? 0 : 1)' && return
    mkdir -p -- "$own" && cp -f -- "$root/web-client/node_modules/node/bin/node" "$own/node" || return
    PATH=$own:$PATH NODE_PATH=/usr/share/nodejs NODE_EXTRA_CA_CERTS=${NODE_EXTRA_CA_CERTS:-/etc/ssl/certs/ca-certificates.crt} \
        npm --prefix "$root/web-client" ci --no-audit --no-fund
}

# node_modules as the lock file says.
web_packages() {
    local stamp=$root/web-client/node_modules/.hearth-lock wanted
    wanted=$(sha256sum "$root/web-client/package-lock.json" | cut -d' ' -f1)
    [[ -e $stamp && $(<"$stamp") == "$wanted" ]] && return
    step "installing the pages' npm packages" \
        "check that this machine reaches the npm registry (npm ping), then run again" npm_ci
    printf '%s\n' "$wanted" >"$stamp"
}

# The pages in build/web, built when a source changed since the last time.
web_pages() {
    local stamp=$root/build/pages.stamp now
    web_packages
    now=$(fingerprint "$root/web-client")
    [[ -e $stamp && -e $root/build/web/index.html && $(<"$stamp") == "$now" ]] && return
    step "building the pages" "read the error above; 'npm run check' in web-client shows types alone" \
        npm --prefix "$root/web-client" run build
    mkdir -p -- "$root/build"
    printf '%s\n' "$now" >"$stamp"
}
