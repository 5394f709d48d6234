/*
 * Tells the campaign about every call of the API, through the hook that the run-time has for logs. It runs before
 * anything else in every frame, so it also sees what content says while its page goes away.
 */
(function () {
  "use strict";

  let held;
  const tell = (told) => window.playTold && window.playTold(told);
  Object.defineProperty(window, "ScormRuntime", {
    configurable: true,
    get: () => held,
    set(Runtime) {
      held = class extends Runtime {
        constructor(options) {
          const { document, onCall } = options;
          const heard = (call) => {
            tell({ ...call, args: call.args.map(String) });
            if (onCall) onCall(call);
          };
          super({ ...options, onCall: heard });
          tell({ method: "launch", document });
        }
      };
    },
  });
})();
