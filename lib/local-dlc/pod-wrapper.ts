/**
 * Runs one pod, whatever becomes of the server: `sh -c <this> pod-wrapper <pod folder> <shell> <podMain> [<bubblewrap>]`, in
 * a session of its own.
 *
 * `claim` is made by link(2), so of several wrappers for a pod exactly one goes on. `exit` is renamed into place. Tools
 * are called through `command -p`, since PATH may be the pod's own. The last line ends what the command left running.
 */
export const podWrapper = `
unset IFS
pod=$1
shell=$2
main=$3
bubblewrap=$4
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

if [ -n "$DLC_HOOKS" ]; then
  command -p mkfifo "$pod/control" || exit 125
  exec 6>> "$pod/hooks" 7<> "$pod/control"
fi
if [ -n "$stopped" ]; then
  code=$stopped
elif [ -n "$bubblewrap" ]; then
  "$bubblewrap" --args 8 -- /bin/sh -c "$main" pod-main "$shell" "$pod/command" 8< "$pod/view" 9> "$pod/note"
  code=$?
else
  /bin/sh -c "$main" pod-main "$shell" "$pod/command" 9> "$pod/note"
  code=$?
fi
printf '%s\\n' "$code" > "$pod/exit.$$" && command -p mv "$pod/exit.$$" "$pod/exit"
kill -s KILL -- "-$$"
`;

/**
 * What runs inside a pod: `sh -c <this> pod-main <shell> <command file>`, in the pod's view of the file system where it has
 * one. `DLC_CONTAINERS` is what pod-containers.ts wrote; its values never stand in an argument or on the disk. What goes to
 * 9 is read by the server: that the pod began, and why it ended early. With hooks (dlc-api.md §1.5, as in Kubernetes) 7 says
 * that the pod is to be stopped, and 6 that PreStop waits for that, and is done.
 */
export const podMain = `
unset IFS
shell=$1
command=$2
containers=$DLC_CONTAINERS
hooks=$DLC_HOOKS
unset DLC_CONTAINERS DLC_HOOKS
stopped=
sidecars=
watcher=
undone=
trap 'stopped=143' TERM INT HUP
printf 'begun\\n' >&9

[ -z "$containers" ] || eval "$containers"
[ -z "$stopped" ] || exit "$stopped"
if [ -z "$hooks" ]; then
  "$shell" "$command" 6>&- 7>&- 9>&-
  code=$?
else
  eval "$hooks"
  trap 'undone=yes' USR1
  "$shell" "$command" 6>&- 7>&- 9>&- &
  main=$!
  if command -v post_start >/dev/null; then
    (
      post_start
      code=$?
      [ "$code" = 0 ] && exit
      printf 'was ended: its PostStart hook exited with code %s\\n' "$code" >&9
      kill -s USR1 $$
      kill -s TERM "$main"
      command -p sleep 5
      kill -s KILL "$main"
    ) &
    watcher=$!
  fi
  if command -v pre_stop >/dev/null; then
    (
      printf 'armed\\n' >&6
      read -r word <&7
      pre_stop
      printf 'done\\n' >&6
    ) &
    watcher="$watcher $!"
  fi
  while :; do
    wait "$main"
    code=$?
    kill -s 0 "$main" 2>/dev/null || break
  done
  [ -z "$undone" ] || [ "$code" != 0 ] || code=1
  [ -z "$watcher" ] || kill -s KILL $watcher 2>/dev/null
fi
if [ -n "$sidecars" ]; then
  kill $sidecars 2>/dev/null
  (command -p sleep 5; kill -s KILL $sidecars) 9>&- >/dev/null 2>&1 &
  wait $sidecars 2>/dev/null
fi
exit "$code"
`;
