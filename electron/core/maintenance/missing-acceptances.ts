import type { Checklist } from '../../contract/checklist.js';
import { namesService } from '../../contract/service-names.js';

/**
 * The services that need an administrator's word now that all others have held zero. Empty before that, and while all that is
 * missing was accepted in advance: waiting settles it.
 */
export function missingAcceptances({ quiet, acceptedInAdvance }: Pick<Checklist, 'quiet' | 'acceptedInAdvance'>): readonly string[] {
  return quiet.kind === 'needs-acceptance' ? quiet.unknown.filter((name) => !namesService(acceptedInAdvance, name)) : [];
}
