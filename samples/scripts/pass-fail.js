// Marks HTTP items: green below status 400, red from 500

function onItemCaptured(data) {
  if (data.protocol.name !== "http") return;
  if (data.response.status >= 500) return test.fail(data);
  if (data.response.status < 400) return test.pass(data);
}
