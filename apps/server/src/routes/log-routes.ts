import * as contract from "@tessera/contracts/log";
import { downloadJobLog } from "@tessera/usecases/logs/download-job-log";
import { followJobLog } from "@tessera/usecases/logs/follow-job-log";
import { getJobLog } from "@tessera/usecases/logs/get-job-log";
import { searchJobLog } from "@tessera/usecases/logs/search-job-log";
import { answerWithEvents } from "../http/event-stream.ts";
import { resumeAfter } from "../http/resume-after.ts";
import { route } from "../http/route.ts";
import { sendDownload } from "../http/send-download.ts";

export const logRoutes = [
  route(contract.getJobLog, (ctx, { params, query }) => getJobLog(ctx, { ...params, ...query })),
  route(contract.searchJobLog, (ctx, { params, query }) =>
    searchJobLog(ctx, { ...params, ...query }),
  ),
  route(contract.streamJobLog, async (ctx, { params, query, request, reply }) => {
    const from = resumeAfter(request) ?? query.from;
    const lines = await followJobLog(ctx, { ...params, ...query, from });
    await answerWithEvents({ request, reply }, async function* (signal) {
      for await (const line of lines(signal)) {
        yield { id: String(line.number), event: "line", data: line };
      }
      yield { event: "end", data: {} };
    });
  }),
  route(contract.downloadJobLog, async (ctx, { params, reply }) => {
    const { name, body } = await downloadJobLog(ctx, params);
    sendDownload(reply, { name, body, contentType: "text/plain; charset=utf-8" });
  }),
];
