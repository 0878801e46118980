// Says how the jobs of all scripts end

function onJobPassed(tag, cron, limit) {
  console.log("job", tag, "passed");
}

function onJobFailed(tag, cron, limit, err) {
  console.error("job " + tag + " (" + cron + ") failed: " + err);
}
