using System.Text;

namespace Harness.Agent.Workloads.Linux;

/// <summary>
/// The part of a launch script that makes a root of the workload's own, in its own mount namespace: the instance's programs and libraries to
/// read, a few files of /etc, devices that are harmless, its own /proc, /tmp, folder and volumes, and nothing else of the instance. Volumes
/// are mounted from inside it, so that a link in one of them cannot lead a mount out of it. Pure.
/// </summary>
internal static class PrivateRoot
{
    private const string System = """
        cd root || die 'no folder for the private root'
        mount -t tmpfs -o mode=755,size=64m vkvm-root . || die 'mounting the private root failed'
        cd "$run/root"
        mkdir -p dev etc home mnt opt proc root run srv sys tmp usr var/tmp .host && chmod 1777 tmp var/tmp && chmod 700 root
        for name in usr opt nix; do
          if [ -d "/$name" ]; then mkdir -p "$name" && mount -o bind,ro "/$name" "$name" || die "mounting /$name failed"; fi
        done
        for name in bin sbin lib lib32 lib64 libx32; do
          if [ -L "/$name" ]; then ln -s "$(readlink "/$name")" "$name"
          elif [ -d "/$name" ]; then mkdir "$name" && mount -o bind,ro "/$name" "$name" || die "mounting /$name failed"; fi
        done
        for name in passwd group nsswitch.conf ld.so.cache ld.so.conf localtime timezone resolv.conf hosts protocols services os-release \
            debian_version mime.types bash.bashrc profile gai.conf host.conf; do
          if [ -f "/etc/$name" ]; then cp -L "/etc/$name" "etc/$name"; fi
        done
        for name in ssl/certs pki/tls/certs pki/ca-trust ca-certificates alternatives crypto-policies ld.so.conf.d terminfo fonts; do
          if [ -d "/etc/$name" ]; then mkdir -p "etc/$name" && mount -o bind,ro "/etc/$name" "etc/$name" || die "mounting /etc/$name failed"; fi
        done
        cp -a /dev/null /dev/zero /dev/full /dev/random /dev/urandom /dev/tty dev/ || die 'making /dev failed'
        mkdir dev/pts dev/shm
        mount -t devpts -o newinstance,ptmxmode=0666,mode=0620,nosuid,noexec devpts dev/pts || die 'mounting /dev/pts failed'
        mount -t tmpfs -o mode=1777,nosuid,nodev,size=64m vkvm-shm dev/shm || die 'mounting /dev/shm failed'
        ln -s pts/ptmx dev/ptmx; ln -s /proc/self/fd dev/fd
        ln -s /proc/self/fd/0 dev/stdin; ln -s /proc/self/fd/1 dev/stdout; ln -s /proc/self/fd/2 dev/stderr
        mount -t proc -o nosuid,nodev,noexec proc proc || die 'mounting /proc failed'
        echo "$host" >proc/sys/kernel/hostname || die 'setting the host name failed'
        for name in sys sysrq-trigger irq bus fs; do
          if [ -e "proc/$name" ]; then mount -o bind,ro "proc/$name" "proc/$name" || die "protecting /proc/$name failed"; fi
        done
        for name in kcore keys timer_list; do
          if [ -e "proc/$name" ]; then mount -o bind /dev/null "proc/$name" || die "hiding /proc/$name failed"; fi
        done
        mount -t sysfs -o ro,nosuid,nodev,noexec sysfs sys || die 'mounting /sys failed'
        mount -o bind,nosuid,nodev "$run/tmp" tmp || die 'mounting /tmp failed'
        mkdir -p ".$home" && mount -o bind "$home" ".$home" || die 'mounting the folder of the container failed'
        mount --make-rprivate / && pivot_root . .host && cd / || die 'entering the private root failed'
        attach() {
          if [ -d "/.host$1" ]; then mkdir -p "$2"; else mkdir -p "${2%/*}/" && : >>"$2"; fi || die "making $2 failed"
          mount -o "bind,$3" "/.host$1" "$2" || die "mounting $2 failed"
        }

        """;

    private const string Closing = """
        umount -l /.host && rmdir /.host || die 'leaving the root of the instance failed'

        """;

    /// <summary>The run folder has an empty folder root, and tmp.</summary>
    public static string Script(string runFolder, string hostname, string home, IEnumerable<ResolvedMount> mounts, bool readOnly)
    {
        var script = new StringBuilder();
        script.Append($"run={LaunchScript.Quote(runFolder)}\nhost={LaunchScript.Quote(hostname)}\nhome={LaunchScript.Quote(home)}\n");
        script.Append(System);
        foreach (var mount in mounts.OrderBy(mount => mount.Target.Count(character => character == '/')))
        {
            var mode = mount.ReadOnly ? "ro" : "rw";
            script.Append($"attach {LaunchScript.Quote(mount.Source)} {LaunchScript.Quote(mount.Target)} {mode}\n");
        }

        script.Append(Closing);
        if (readOnly)
        {
            script.Append("for name in \"$home\" /tmp /; do mount -o remount,bind,ro \"$name\" || die 'making the root read-only failed'; done\n");
        }

        return script.ToString();
    }
}
