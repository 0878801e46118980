// Packets and kilobytes per minute

var packets = 0;
var kilobytes = 0;

// Called for every packet, maybe ten thousand times a second: only count here.
function onPacketCaptured(info) {
  packets++;
  kilobytes += info.length / 1000;
}

jobs.schedule("packets-per-minute", "0 */1 * * * *", function () {
  console.log("packets per minute:", packets, "kB:", kilobytes.toFixed(1));
  packets = 0;
  kilobytes = 0;
});
