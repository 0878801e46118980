using Wirehook.EventHooks.Running;

namespace Wirehook.EventHooks.Tests.Running;

public sealed class CgroupMountTests
{
    private const string Unified = "25 30 0:23 / /sys/fs/cgroup rw,nosuid,nodev shared:9 - cgroup2 cgroup2 rw,nsdelegate\n";
    private const string Hybrid = "31 23 0:28 / /sys/fs/cgroup rw - tmpfs tmpfs rw,mode=755\n36 31 0:36 / /sys/fs/cgroup/pids rw - cgroup cgroup rw,pids\n41 31 0:38 / /sys/fs/cgroup/unified rw,relatime - cgroup2 cgroup2 rw\n";

    [Theory]
    [InlineData(Unified, "0::/\n", "/sys/fs/cgroup")]
    [InlineData(Unified, "0::/system.slice/wirehook.service\n", "/sys/fs/cgroup/system.slice/wirehook.service")]
    [InlineData(Hybrid, "8:pids:/x\n1:cpu:/y\n0::/z\n", "/sys/fs/cgroup/unified/z")]
    [InlineData("25 30 0:23 /docker/abc /sys/fs/cgroup ro - cgroup2 cgroup rw\n", "0::/docker/abc/inner\n", "/sys/fs/cgroup/inner")]
    [InlineData("25 30 0:23 /docker/abc /sys/fs/cgroup ro - cgroup2 cgroup rw\n", "0::/docker/abcd\n", null)]
    [InlineData("25 30 0:23 / /mnt/a\\040b\\134c rw - cgroup2 cgroup rw\n", "0::/x\n", "/mnt/a b\\c/x")]
    [InlineData("25 30 0:23 / /sys/fs/cgroup rw - cgroup cgroup rw\n", "0::/\n", null)]
    [InlineData(Unified, "1:name=systemd:/\n", null)]
    [InlineData("", "", null)]
    [InlineData("- cgroup2", "0::/", null)]
    public void The_own_folder_is_found(string mountInfo, string membership, string? folder) => Assert.Equal(folder, CgroupMount.FindOwnFolder(mountInfo, membership));
}
