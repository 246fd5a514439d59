import { useState } from 'react';

import type { ServiceRow } from '../../../electron/contract/checklist.js';
import { isSameService, namesService } from '../../../electron/contract/service-names.js';
import { leastSessions } from '../../../electron/contract/sessions.js';
import { useReadWindow } from '../../store/window-context.js';
import { acceptableRows } from './acceptable.js';

/** What is about to be accepted. */
export interface AcceptanceForm {
  /** Read again with every snapshot: what is accepted is what is seen now. */
  readonly offered: readonly ServiceRow[];
  readonly isChosen: (service: ServiceRow) => boolean;
  readonly choose: (service: ServiceRow, isChosen: boolean) => void;
  readonly chosen: readonly string[];
  /** Those of the chosen whose sessions are counted: they are not empty, whatever is stated. */
  readonly counted: readonly string[];
  readonly isCut: boolean;
  readonly setCut: (isCut: boolean) => void;
  /** The most sessions of each that may be cut, as it was typed. */
  readonly most: string;
  readonly setMost: (most: string) => void;
  /** What is seen of the busiest of them: fewer cannot be accepted. */
  readonly least: number;
  readonly isComplete: boolean;
}

export function useAcceptance(serviceNames: readonly string[]): AcceptanceForm {
  const { checklist } = useReadWindow();
  const [left, setLeft] = useState<readonly string[]>([]);
  const [wantsCut, setCut] = useState(false);
  const [typed, setMost] = useState<string | null>(null);
  const offered = acceptableRows(checklist).filter(({ serviceName }) => namesService(serviceNames, serviceName));
  const isChosen = ({ serviceName }: ServiceRow): boolean => !namesService(left, serviceName);
  const chosen = offered.filter(isChosen);
  const counted = namesOf(chosen.filter(({ sessions }) => sessions.kind === 'count'));
  const isCut = wantsCut || counted.length > 0;
  const least = Math.max(1, ...chosen.map(({ sessions }) => leastSessions(sessions)));
  const most = typed ?? String(least);
  return {
    offered,
    isChosen,
    choose: ({ serviceName }, isWanted) =>
      setLeft((before) => [...before.filter((name) => !isSameService(name, serviceName)), ...(isWanted ? [] : [serviceName])]),
    chosen: namesOf(chosen),
    counted,
    isCut,
    setCut,
    most,
    setMost,
    least,
    isComplete: chosen.length > 0 && (!isCut || (/^\d+$/.test(most) && Number(most) >= least)),
  };
}

function namesOf(services: readonly ServiceRow[]): readonly string[] {
  return services.map(({ serviceName }) => serviceName);
}
