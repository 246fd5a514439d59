import { Button } from '@fluentui/react-components';
import { useCallback, useEffect, useState, type ReactElement } from 'react';

import type { ServiceRow } from '../../../electron/contract/checklist.js';
import { problem, type Problem } from '../../../electron/contract/problem.js';
import type { AddressName, EndsList, ListedEnds, SessionEnd } from '../../../electron/contract/session-ends.js';
import { leastSessions } from '../../../electron/contract/sessions.js';
import { endTextsOf, formatAge, formatKinds, type EndTexts } from '../../../electron/core/language/ends.js';
import { nameOfEnd } from '../../../electron/core/maintenance/acceptance.js';
import { useTexts, useWindow } from '../../store/window-context.js';
import { ProblemLines } from '../banner.js';

type Names = ReadonlyMap<string, AddressName>;

/** Brings its own sentences: most windows are closed without this list. */
function useEndTexts(): EndTexts {
  return endTextsOf(useWindow().snapshot.language);
}

interface ConnectedEnds {
  /** Null until it was read for the first time. */
  readonly list: EndsList | null;
  readonly refusal: Problem | null;
  readonly readAgain: () => void;
}

/** Read when it is opened, whenever the service's state or count is another one, and on request. */
function useConnectedEnds({ serviceName, state, sessions }: ServiceRow): ConnectedEnds {
  const { client } = useWindow();
  const [read, setRead] = useState<Omit<ConnectedEnds, 'readAgain'>>({ list: null, refusal: null });
  const [round, setRound] = useState(0);
  const count = leastSessions(sessions);
  useEffect(() => {
    let isWanted = true;
    void client
      .listEnds({ serviceName })
      .catch(() => ({ ok: false, problem: problem('internal') }) as const)
      .then((answer) => {
        if (!isWanted) return;
        setRead((before) => (answer.ok ? { list: answer.value, refusal: null } : { list: before.list, refusal: answer.problem }));
      });
    return () => {
      isWanted = false;
    };
  }, [client, serviceName, state, count, round]);
  const readAgain = useCallback(() => setRound((before) => before + 1), []);
  return { ...read, readAgain };
}

/** Who is connected to one service: how many of which kind, and the remote ends with their age; names on demand. */
export function ConnectedList({ service }: { readonly service: ServiceRow }): ReactElement {
  const texts = useTexts();
  const ends = useEndTexts();
  const { list, refusal, readAgain } = useConnectedEnds(service);
  const listed = list?.services[0];
  const mediaPorts = service.sessions.signs?.mediaPorts ?? null;
  const title = texts.format(ends.window.title, { serviceName: service.serviceName });
  return (
    <div className="connected">
      <h3>{title}</h3>
      {refusal !== null && <ProblemLines problem={refusal} />}
      {listed === undefined ? (
        refusal === null && <p role="status">{ends.window.reading}</p>
      ) : (
        <>
          <p>
            {listed.tcp.known
              ? texts.format(ends.connections, { count: listed.tcp.connections, kinds: formatKinds(listed.tcp.kinds, ends, texts.format) })
              : texts.format(ends.connectionsUnknown, { why: ends.unknown[listed.tcp.reason] })}
          </p>
          {listed.usesUdp && <p>{mediaPorts === null ? ends.udpUnknown : texts.format(ends.udp, { count: mediaPorts })}</p>}
          {listed.tcp.known && <EndTable title={title} listed={listed.tcp} readAgain={readAgain} />}
          {list?.serversTrouble != null && (
            <p className="connected-note">{texts.format(ends.serversUnknown, { trouble: list.serversTrouble })}</p>
          )}
        </>
      )}
    </div>
  );
}

interface EndTableProps {
  readonly title: string;
  readonly listed: ListedEnds;
  readonly readAgain: () => void;
}

function EndTable({ title, listed, readAgain }: EndTableProps): ReactElement {
  const texts = useTexts();
  const ends = useEndTexts();
  const { names, isAsking, findNames } = useNames(listed.ends);
  return (
    <>
      {listed.ends.length > 0 && (
        <div className="connected-scroll" tabIndex={0} role="region" aria-label={title}>
          <table>
            <thead>
              <tr>
                <th scope="col">{ends.columns.remoteEnd}</th>
                <th scope="col">{ends.columns.ourPort}</th>
                <th scope="col">{ends.columns.kind}</th>
                <th scope="col">{ends.columns.age}</th>
                {names !== null && <th scope="col">{ends.columns.name}</th>}
              </tr>
            </thead>
            <tbody>
              {listed.ends.map((end) => (
                <EndLine key={`${nameOfEnd(end)} ${end.localPort}`} end={end} names={names} />
              ))}
            </tbody>
          </table>
        </div>
      )}
      {listed.ends.length < listed.connections && (
        <p>{texts.format(ends.shown, { shown: texts.number(listed.ends.length), count: texts.number(listed.connections) })}</p>
      )}
      <p className="connected-buttons">
        <Button size="small" onClick={readAgain}>
          {ends.window.again}
        </Button>
        {listed.ends.length > 0 && (
          <Button size="small" disabledFocusable={isAsking} onClick={findNames}>
            {ends.window.names}
          </Button>
        )}
        {isAsking && <span role="status">{ends.window.asking}</span>}
      </p>
    </>
  );
}

function EndLine({ end, names }: { readonly end: SessionEnd; readonly names: Names | null }): ReactElement {
  const texts = useTexts();
  const ends = useEndTexts();
  const found = names?.get(end.address);
  return (
    <tr>
      <td>{nameOfEnd(end)}</td>
      <td>{end.localPort}</td>
      <td>{ends.kinds[end.kind]}</td>
      <td>{formatAge(end, ends, texts)}</td>
      {names !== null && <td>{found?.kind === 'name' ? found.name : found?.kind === 'none' ? ends.noName : ends.noAnswer}</td>}
    </tr>
  );
}

/** Names of what is shown, null until somebody asks for them; the list stays as it is while DNS is asked. */
function useNames(shown: readonly SessionEnd[]): {
  readonly names: Names | null;
  readonly isAsking: boolean;
  readonly findNames: () => void;
} {
  const { client } = useWindow();
  const [names, setNames] = useState<Names | null>(null);
  const [isAsking, setAsking] = useState(false);
  const findNames = async (): Promise<void> => {
    setAsking(true);
    const addresses = [...new Set(shown.map(({ address }) => address))];
    const answer = await client.findNames({ addresses }).catch(() => null);
    setAsking(false);
    setNames(
      (before) =>
        new Map([...(before ?? []), ...(answer?.ok === true ? answer.value : []).map((one) => [one.address, one.found] as const)]),
    );
  };
  return { names, isAsking, findNames: () => void findNames() };
}
