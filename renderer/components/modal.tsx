import { Dialog, DialogActions, DialogBody, DialogContent, DialogSurface, DialogTitle } from '@fluentui/react-components';
import { useEffect, type ReactElement, type ReactNode } from 'react';

interface ModalProps {
  readonly isOpen: boolean;
  /** `alert` for what cannot be taken back: a click beside it does not close it. */
  readonly kind: 'question' | 'alert';
  readonly title: string;
  readonly children: ReactNode;
  readonly actions: ReactNode;
  readonly onClose: () => void;
}

/** Tabster (Fluent's keyboard and focus) hides what is behind a dialog with a delay of 250 ms. */
const HIDDEN_BY_THEN_MS = 400;

/**
 * A dialog that the next step takes away while Tabster is at it leaves the window hidden from screen readers for good
 * (Fluent UI 9.74, Tabster 8). Needed until that is mended there.
 */
function unhideWindow(page: Document): void {
  if (page.querySelector('[aria-modal="true"]') === null) page.querySelector('#window')?.removeAttribute('aria-hidden');
}

/** A dialog in front of everything. It does not fade: over remote desktop that is no gain. */
export function Modal({ isOpen, kind, title, children, actions, onClose }: ModalProps): ReactElement {
  useEffect(() => {
    if (!isOpen) return undefined;
    const page = document;
    return () => void setTimeout(() => unhideWindow(page), HIDDEN_BY_THEN_MS);
  }, [isOpen]);
  return (
    <Dialog open={isOpen} modalType={kind === 'alert' ? 'alert' : 'modal'} surfaceMotion={null} onOpenChange={() => onClose()}>
      <DialogSurface backdropMotion={null}>
        <DialogBody>
          <DialogTitle>{title}</DialogTitle>
          <DialogContent>{children}</DialogContent>
          <DialogActions>{actions}</DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}
