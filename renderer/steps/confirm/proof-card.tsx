import type { ReactElement } from 'react';

import { activeRows } from '../../../electron/core/maintenance/allowed-orders.js';
import { Icon } from '../../components/icons.js';
import { proofLine } from '../../components/verdict/proof-line.js';
import { useReadWindow } from '../../store/window-context.js';

/**
 * Why the planned services count as quiet: how many, since when, how often they were read, from which sources, and who vouched
 * for the rest.
 */
export function ProofCard(): ReactElement {
  const { checklist, texts } = useReadWindow();
  const { proof, now, losses } = checklist;
  const said = proofLine(checklist, texts);
  // What stopped is no source.
  const counting = proof?.sources.filter((source) => source !== 'stopped' && source !== 'none-needed') ?? [];
  const hasLost = losses.length > 0;
  return (
    <section className={`card result ${hasLost ? 'result-attention' : 'result-good'}`}>
      <Icon name={hasLost ? 'information' : 'pass'} />
      <div>
        <h3>
          {texts.t(checklist.accepted.length === 0 ? 'services-quiet' : 'services-quiet-accepted', { count: activeRows(checklist).length })}
        </h3>
        {said !== null && <p>{said}</p>}
        {proof !== null && proof.services > 0 && (
          <p>
            {texts.t('proof-since', {
              since: texts.time(proof.since, now.at),
              last: texts.time(proof.lastAt, now.at),
              sources:
                counting.length === 0 ? texts.t('proof-no-source') : texts.list(counting.map((source) => texts.words.evidence[source])),
            })}
          </p>
        )}
      </div>
    </section>
  );
}
