namespace Wirehook.EventHooks.Running;

/// <summary>The guardian's program, for any POSIX shell with <c>grep -z</c> and <c>/proc</c>.</summary>
internal static class GuardianScript
{
    /// <summary>
    /// Lines on its input: <c>b SLOT DUE ID LEAF</c> (a run begins; DUE in hundredths of a second of <c>/proc/uptime</c>, LEAF its
    /// cgroup below $1, or -) and <c>e SLOT</c> (nothing of it is left). All words come from the runner and hold no shell syntax.
    /// </summary>
    public const string Text = """
        set -f
        trap '' HUP INT QUIT TERM PIPE
        tree=$1 slots=0

        end_run() {
          if [ "$2" != - ]; then echo 1 >"$tree/$2/cgroup.kill"; return; fi
          rounds=0
          while [ "$rounds" -lt 50 ]; do
            set +f; found=$(grep -lzxF "NLMON_EXECUTION_ID=$1" /proc/[0-9]*/environ); set -f
            [ -n "$found" ] || return
            for file in $found; do file=${file#/proc/}; kill -9 "${file%/environ}"; done
            rounds=$((rounds + 1))
          done
        }

        while read -r what slot due id leaf; do
          case $what in
            b) eval "run$slot=\"\$due \$id \$leaf\""; [ "$slot" -lt "$slots" ] || slots=$((slot + 1)) ;;
            e) eval "run$slot=" ;;
          esac
        done

        while :; do
          read -r now rest </proc/uptime
          now=${now%.*}${now#*.} next= slot=0
          while [ "$slot" -lt "$slots" ]; do
            eval "run=\${run$slot-}"
            if [ -n "$run" ]; then
              set -- $run
              if [ "$1" -le "$now" ]; then end_run "$2" "$3"; eval "run$slot="
              elif [ -z "$next" ] || [ "$1" -lt "$next" ]; then next=$1; fi
            fi
            slot=$((slot + 1))
          done
          [ -n "$next" ] || break
          pause=$((next - now))
          sleep "$((pause / 100)).$((pause / 10 % 10))$((pause % 10))"
        done

        if [ -n "$tree" ]; then sleep 0.2; set +f; rmdir "$tree"/run-* "$tree"; fi
        """;
}
