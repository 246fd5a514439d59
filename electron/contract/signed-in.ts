/** A session of Windows in which another person is signed in, at the console or by remote desktop. */
export interface SignedInSession {
  readonly sessionId: number;
  /** `DOMAIN\user`. */
  readonly user: string;
  /** `Console`, `RDP-Tcp#3` and the like; empty if the session is disconnected. */
  readonly station: string;
  /** Nobody looks at it, but its programs run on. */
  readonly isDisconnected: boolean;
}

/** Who a restart would sign out. */
export interface SignedIn {
  /** Null if Windows does not say. */
  readonly others: readonly SignedInSession[] | null;
  /** Sent back with an order, it says that exactly these are to be signed out. */
  readonly consent: string;
}
