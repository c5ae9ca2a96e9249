/**
 * Runs one pod, whatever becomes of the server: `sh -c <this> pod-wrapper <pod folder> <shell>`, in a session of its own.
 *
 * `claim` is made by link(2), so of several wrappers for a pod exactly one goes on. `exit` is renamed into place. Tools
 * are called through `command -p`, since PATH may be the pod's own. The last line ends what the command left running.
 */
export const podWrapper = `
unset IFS
pod=$1
shell=$2
stopped=
trap 'stopped=143' TERM INT HUP

if [ -r /proc/$$/stat ]; then
  boot=
  [ -r /proc/sys/kernel/random/boot_id ] && read -r boot < /proc/sys/kernel/random/boot_id
  read -r stat < /proc/$$/stat
  set -f
  set -- \${stat##*) }
  set +f
  shift 19
  born=$boot:$1
else
  born=$(LC_ALL=C TZ=UTC command -p ps -o lstart= -p $$)
  set -f
  set -- $born
  set +f
  born="$1 $2 $3 $4 $5"
fi

printf '%s\\n%s\\n' "$$" "$born" > "$pod/claim.$$" || exit 125
if command -p ln "$pod/claim.$$" "$pod/claim" 2>/dev/null; then won=yes; else won=; fi
command -p rm -f "$pod/claim.$$"
[ -n "$won" ] || exit 0

if [ -n "$stopped" ]; then
  code=$stopped
else
  "$shell" "$pod/command"
  code=$?
fi
printf '%s\\n' "$code" > "$pod/exit.$$" && command -p mv "$pod/exit.$$" "$pod/exit"
kill -s KILL -- "-$$"
`;
