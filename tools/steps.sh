# Shared by ./try and ./test: says and installs what is missing, runs steps, remembers what is done, adds up results.
# To be sourced from the repository's root. A step is a function; its last line may be "... N passed, M failed, K skipped".

steps_dir=build/.steps
total_passed=0 total_failed=0 total_skipped=0
failed_steps=()
current_step="" current_log=""

# ---------------------------------------------------------------- packages

# packages_for USER: the packages that packages.txt lists for `try` or `test`.
packages_for() {
    awk -v user="$1" '!/^#/ && NF { n = split($2, users, ","); for (i = 1; i <= n; i++) if (users[i] == user) print $1 }' \
        tools/packages.txt
}

# missing_packages PACKAGE...: those that are not installed.
missing_packages() {
    local package
    for package in "$@"; do
        dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || echo "$package"
    done
}

as_root() {
    if [[ "$(id -u)" -eq 0 ]]; then
        env DEBIAN_FRONTEND=noninteractive "$@"
    elif command -v sudo >/dev/null; then
        sudo env DEBIAN_FRONTEND=noninteractive "$@"
    else
        echo "packages are missing and this user is neither root nor has sudo; as root, run:" >&2
        echo "    apt-get install --no-install-recommends ${missing[*]}" >&2
        return 1
    fi
}

# download_list PACKAGE...: count and megabytes of what apt would fetch; fails when apt does not know a package.
download_list() {
    local uris
    uris=$(LC_ALL=C apt-get install --print-uris -y --no-install-recommends -o Debug::NoLocking=1 "$@" 2>/dev/null) ||
        return 1
    awk '/^\047/ { count++; bytes += $3 } END { printf "%d %d\n", count, (bytes + 999999) / 1000000 }' <<<"$uris"
}

# print_plan USER MINUTES: what is about to happen, before anything happens. Sets `missing`.
print_plan() {
    local counted
    mapfile -t missing < <(missing_packages $(packages_for "$1"))
    if [[ ${#missing[@]} -eq 0 ]]; then
        echo "Nothing to install. Building and running takes about $2 minutes on two cores."
        return 0
    fi
    echo "Not installed here, needed by ./$1 (tools/packages.txt says why): ${missing[*]}"
    if ! counted=$(download_list "${missing[@]}"); then
        echo "The lists of packages are missing or old: apt-get update"
        as_root apt-get update -q >"$steps_dir/apt.log" 2>&1 || true
        counted=$(download_list "${missing[@]}") || {
            echo "apt does not know all of them; this needs Debian 12 (bookworm), see $steps_dir/apt.log"
            return 1
        }
    fi
    local count=${counted% *} megabytes=${counted#* }
    echo "To install: $count packages, $megabytes MB to download, about $((1 + megabytes / 80)) min." \
        "Building and running then takes about $2 minutes on two cores."
}

# install_packages: installs `missing`; a second attempt fetches the lists first.
install_packages() {
    [[ ${#missing[@]} -gt 0 ]] || return 0
    local -a install=(apt-get install -q -y --no-install-recommends -o DPkg::Lock::Timeout=300 "${missing[@]}")
    echo "installing (log: $steps_dir/apt.log)"
    as_root "${install[@]}" >"$steps_dir/apt.log" 2>&1 && return 0
    as_root apt-get update -q >>"$steps_dir/apt.log" 2>&1
    as_root "${install[@]}" >>"$steps_dir/apt.log" 2>&1 && return 0
    tail -n 5 "$steps_dir/apt.log"
    echo "apt-get could not install them. Read $steps_dir/apt.log, correct it, and run this again: it goes on here."
    return 1
}

# prepare USER MINUTES INSTALLS: says and installs what is missing; on a machine without apt-get only says it.
prepare() {
    mkdir -p "$steps_dir"
    : >"$steps_dir/skipped.txt"
    export CCACHE_BASEDIR=$PWD CCACHE_NOHASHDIR=1
    if ! command -v apt-get >/dev/null; then
        echo "There is no apt-get here. ./$1 needs what these Debian packages give: $(packages_for "$1" | xargs)"
        return 0
    fi
    print_plan "$1" "$2" || return 1
    [[ "$3" == no ]] || install_packages
}

# ---------------------------------------------------------------- results

# inputs_hash: changes whenever a file, a tool or the list of the data (its manifest holds the hashes) changes.
inputs_hash() {
    {
        git ls-files -s
        git diff --no-ext-diff
        git ls-files -o -z --exclude-standard | xargs -0 -r sha256sum
        dpkg-query -W $(packages_for test) 2>/dev/null
        ls -d "${VERGE_DATA:-../shared/data}" 2>/dev/null
        sha256sum "${VERGE_DATA:-../shared/data}/manifest.tsv" 2>/dev/null
    } | sha256sum | cut -c 1-16
}

# add_counts LOG STATUS: takes the last "N passed, M failed, K skipped" of a log; without one the step is one test.
# Sets step_passed, step_failed, step_skipped and step_said, which is what a person reads.
add_counts() {
    local line
    line=$(grep -oE '[0-9]+ passed, [0-9]+ failed, [0-9]+ skipped$' "$1" | tail -n 1)
    if [[ -n "$line" ]]; then
        read -r step_passed _ step_failed _ step_skipped _ <<<"$line"
        [[ "$2" -eq 0 || "$step_failed" -gt 0 ]] || step_failed=1
        step_said="$step_passed passed, $step_failed failed, $step_skipped skipped"
    else
        step_passed=$(($2 == 0)) step_failed=$(($2 != 0)) step_skipped=0
        step_said=$([[ "$2" -eq 0 ]] && echo done || echo failed)
    fi
    total_passed=$((total_passed + step_passed))
    total_failed=$((total_failed + step_failed))
    total_skipped=$((total_skipped + step_skipped))
}

# run_step NAME REMEMBERED FUNCTION WHAT_TO_DO: REMEMBERED is `once` for a step that leaves nothing behind but its
# result, which is then taken from the last run when nothing has changed since; `always` for the others.
run_step() {
    local name=$1 remembered=$2 function=$3 hint=$4 record status started
    current_step=$name current_log=$steps_dir/$name.log
    record=$steps_dir/$name-$step_inputs
    if [[ "$remembered" == once && -f "$record" ]]; then
        add_counts "$record" 0
        grep -E '^skipped: ' "$record" >>"$steps_dir/skipped.txt"
        printf '%-12s %s\n' "$name" "as in the run before, nothing has changed: $(tail -n 1 "$record")"
        return 0
    fi
    printf '%-12s ' "$name"
    started=$SECONDS status=0
    ("$function") >"$current_log" 2>&1 || status=$?
    add_counts "$current_log" "$status"
    grep -E '^skipped: ' "$current_log" >>"$steps_dir/skipped.txt"
    echo "$step_said ($((SECONDS - started)) s)"
    if [[ "$step_failed" -gt 0 ]]; then
        failed_steps+=("$name")
        show_failure "$hint"
        return 1
    fi
    rm -f "$steps_dir/$name"-*
    { grep -E '^skipped: ' "$current_log"; echo "$step_passed passed, 0 failed, $step_skipped skipped"; } >"$record"
}

# show_failure WHAT_TO_DO: what a person needs of the log of the step that has just failed.
show_failure() {
    if ! grep -E -A 2 '(^FAILED|: error:|: fatal error:|^failed: |^CMake Error|^[a-z]*:? ?[^ :]+:[0-9]+: )' \
        "$current_log" | grep -vE '^(--)?$' | head -n 24 | sed 's/^/    /' | grep .; then
        tail -n 15 "$current_log" | sed 's/^/    /'
    fi
    echo "    step '$current_step' failed; all of it is in $current_log"
    echo "    what to do: $1"
}

# print_skipped: names what was skipped, first what the absent data made impossible.
print_skipped() {
    local names
    names=$(sort -u "$steps_dir/skipped.txt")
    [[ -n "$names" ]] || return 0
    local because='(shared/data|VERGE_DATA)'
    if grep -qE "$because" <<<"$names"; then
        echo "Skipped because ../shared/data is absent (or \$VERGE_DATA names no such folder):"
        grep -E "$because" <<<"$names" | sed -E 's/^skipped: /    /; s/: .*//' | sort -u
    fi
    if grep -qvE "$because" <<<"$names"; then
        echo "Skipped for another reason:"
        grep -vE "$because" <<<"$names" | sed 's/^skipped: /    /'
    fi
}

# forget_steps: after a whole run without a failure the next one starts afresh.
forget_steps() {
    rm -f "$steps_dir"/*-????????????????
}

stopped() {
    echo
    echo "stopped in step '$current_step' (log: $current_log); run the same command again, it goes on from there"
    trap - EXIT
    exit 130
}
