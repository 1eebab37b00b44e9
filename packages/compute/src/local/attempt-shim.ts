/**
 * POSIX sh, run as the leader of a session of its own: `sh -c <this> <name> <dir> <path> argv…`.
 *
 * It runs nothing before its worker says so on descriptor 3, which the worker does once it has
 * renamed `claim/unclaimed` to `claim/running.<shim's pid>.<its start time>`. Only one can win that
 * rename, and a shim whose worker lost it, or died, reads the end of the file and exits. The end
 * is told by a rename too: `outcome/none` → `outcome/exit.<status>.<kernel's OOM kills>`. So each
 * step is atomic and needs no disk space, and the folders' times tell when it was.
 *
 * The command runs in the foreground because a shell makes background commands ignore SIGINT; the
 * subshell that becomes it answers on descriptor 3 when its traps are reset, so that a SIGTERM from
 * then on ends it.
 */
export const attemptShim = String.raw`
_tessera_dir=$1 _tessera_path=$2
shift 2
trap : TERM INT HUP QUIT USR1 USR2
exec 4>&2 2>/dev/null
read -r _tessera_go <&3 && [ "$_tessera_go" = go ] || exit 0
(
  trap '' PIPE
  echo started >&3
  trap - PIPE
  [ -w /proc/self/oom_score_adj ] && echo 500 >/proc/self/oom_score_adj
  exec 3>&- 2>&4 4>&-
  exec "$@"
)
_tessera_status=$? _tessera_oom=0
if [ "$_tessera_status" = 137 ] && [ -r /proc/vmstat ]; then
  while read -r _tessera_key _tessera_value; do
    [ "$_tessera_key" = oom_kill ] && _tessera_oom=$_tessera_value && break
  done </proc/vmstat
fi
LD_PRELOAD= LD_LIBRARY_PATH= PATH=$_tessera_path mv -f "$_tessera_dir/outcome/none" \
  "$_tessera_dir/outcome/exit.$_tessera_status.$_tessera_oom" </dev/null >/dev/null
trap '' TERM
kill -TERM -$$
exit "$_tessera_status"
`;
