import { EXIT_CODES, type ExitCode } from '../../../contract/outcome.js';
import { ServiceMap } from '../../../contract/service-names.js';
import { USUAL_ENDS, type EndsList, type AddressName } from '../../../contract/session-ends.js';
import { printJson, printLines, printMessages, type CommandContext } from '../context.js';
import { endsJson } from '../json/ends-json.js';
import { renderEnds, type SeenEnds } from '../render/ends-text.js';

/** Who is still connected: remote ends, since when, and what each probably is. Needs neither a run nor the lock, and no record. */
export async function sessions(context: CommandContext): Promise<ExitCode> {
  const { parsed, server, texts, style } = context;
  const services = parsed.operands.length > 0 ? parsed.operands : null;
  if (server.source === 'windows') printMessages(context, [texts.ends.asksServers]);
  const list = await server.engine.listEnds({ services, most: parsed.options.all ? null : USUAL_ENDS, waitsForServers: true });
  const checklist = await server.engine.observeServices();
  const readings = new ServiceMap(checklist.services.map((row) => [row.serviceName, row.sessions]));
  const seen: SeenEnds = { list, readings, names: await findNames(context, list) };
  if (parsed.global.json) printJson(context, endsJson(checklist, seen));
  else printLines(context, renderEnds(style, seen));
  return EXIT_CODES.done;
}

/** Null if nobody asked for them. What is shown is looked up, and no more. */
async function findNames(context: CommandContext, { services }: EndsList): Promise<ReadonlyMap<string, AddressName> | null> {
  const { parsed, server, texts } = context;
  if (!parsed.options.names) return null;
  printMessages(context, [texts.ends.asksNames]);
  return server.engine.findNames(services.flatMap(({ tcp }) => (tcp.known ? tcp.ends.map(({ address }) => address) : [])));
}
