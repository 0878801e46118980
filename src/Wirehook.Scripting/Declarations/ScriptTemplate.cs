namespace Wirehook.Scripting.Declarations;

/// <summary>What a new script starts with.</summary>
public static class ScriptTemplate
{
    /// <summary>The text of a new script.</summary>
    /// <param name="title">Its first comment, which lists show as its title.</param>
    public static string Create(string title) => $$"""
        // {{title.ReplaceLineEndings(" ")}}
        /// <reference path="./wirehook.d.ts" />
        // @ts-check
        // `wirehook types > wirehook.d.ts` writes the types that editors complete and check this file with.

        var items = 0;
        var errors = 0;

        // Called for every dissected message or request/response pair.
        /** @type {OnItemCaptured} */
        function onItemCaptured(data) {
          items++;
          if (data.protocol.name === "http" && Number(data.response.status) >= 500) {
            errors++;
            console.log(data.src.ip, "->", data.dst.ip, data.request.method, data.request.path, data.response.status);
          }
        }

        // Called every minute: second, minute, hour, day of month, month, day of week.
        function report() {
          console.log("items per minute:", items, "errors:", errors);
          items = 0;
          errors = 0;
        }

        jobs.schedule("report", "0 * * * * *", report);

        """;
}
