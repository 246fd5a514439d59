import { Checkbox } from '@fluentui/react-components';
import { useEffect, useState, type ReactElement } from 'react';

import { problem } from '../../../electron/contract/problem.js';
import type { SignedIn, SignedInSession } from '../../../electron/contract/signed-in.js';
import { Banner, ProblemLines } from '../../components/banner.js';
import type { WindowMessages } from '../../store/texts.js';
import { useReadWindow } from '../../store/window-context.js';

/** Who else is signed in, and whether they may be signed out. */
export interface SignOut {
  /** Null until the main process has answered. */
  readonly signedIn: SignedIn | null;
  readonly isAgreed: boolean;
  readonly agree: (isAgreed: boolean) => void;
  readonly readAndRecord: () => void;
}

/** Not known, and nothing that could be agreed to. */
const NO_ANSWER: SignedIn = { others: null, consent: '' };

export function useSignOut(): SignOut {
  const { client } = useReadWindow();
  const [looks, setLooks] = useState(0);
  const [signedIn, setSignedIn] = useState<SignedIn | null>(null);
  const [isAgreed, agree] = useState(false);
  useEffect(() => {
    let isWanted = true;
    const show = (answer: SignedIn): void => {
      if (isWanted) setSignedIn(answer);
    };
    client.signedIn(null).then(
      (answer) => show(answer.ok ? answer.value : NO_ANSWER),
      () => show(NO_ANSWER),
    );
    return () => {
      isWanted = false;
    };
  }, [client, looks]);
  const readAndRecord = (): void => {
    setSignedIn(null);
    agree(false);
    setLooks(looks + 1);
  };
  return { signedIn, isAgreed, agree, readAndRecord };
}

/** Who it is about has been seen, and agreed to if there is anybody. Unknown people may be left to Windows, which refuses then. */
export function mayTurnOff({ signedIn, isAgreed }: SignOut): boolean {
  return signedIn !== null && (signedIn.others === null || signedIn.others.length === 0 || isAgreed);
}

/** What goes with the order; null if nobody may be signed out. */
export function consentOf({ signedIn, isAgreed }: SignOut): string | null {
  return isAgreed && signedIn !== null ? signedIn.consent : null;
}

/** Names the other people, and asks whether they may be signed out. Draws nothing if there are none. */
export function SignedInOthers({ signOut }: { readonly signOut: SignOut }): ReactElement | null {
  const { texts } = useReadWindow();
  const { signedIn, isAgreed, agree } = signOut;
  if (signedIn === null) return <p role="status">{texts.t('signed-in-looking')}</p>;
  const { others, consent } = signedIn;
  if (others?.length === 0) return null;
  return (
    <>
      {others === null ? (
        <Banner tone="attention" icon="unknown" role="note">
          <ProblemLines problem={problem('signed-in-unreadable')} />
        </Banner>
      ) : (
        <>
          <p id="signed-in-others">{texts.t('signed-in-others', { count: others.length })}</p>
          <ul aria-labelledby="signed-in-others">
            {others.map((session) => (
              <li key={session.sessionId}>{formatSession(session, texts)}</li>
            ))}
          </ul>
        </>
      )}
      {consent !== '' && (
        <Checkbox
          label={texts.t(others === null ? 'sign-out-unknown' : 'sign-out-others')}
          checked={isAgreed}
          onChange={(_, data) => agree(data.checked === true)}
        />
      )}
    </>
  );
}

function formatSession({ user, sessionId, station, isDisconnected }: SignedInSession, texts: WindowMessages): string {
  if (isDisconnected) return texts.t('signed-in-disconnected', { user, sessionId });
  return texts.t('signed-in-session', { user, sessionId, ...(station !== '' && { station }) });
}
