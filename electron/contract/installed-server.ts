/** What a Lync server is for, as its installed services say (docs/lync-services.md, "Roles"). */
export const SERVER_ROLES = ['front-end', 'director', 'edge', 'mediation', 'persistent-chat', 'branch-appliance'] as const;
export type ServerRole = (typeof SERVER_ROLES)[number];

/** Of a Front End: Standard Edition is a whole pool in one server, with its database. */
export const EDITIONS = ['standard', 'enterprise'] as const;
export type Edition = (typeof EDITIONS)[number];

/** Why it is not known which product is installed. `not-told`: the registry names none, or nothing that can be read as a version. */
export const PRODUCT_TROUBLES = ['not-told', 'did-not-answer', 'failed'] as const;
export type ProductTrouble = (typeof PRODUCT_TROUBLES)[number];

/** The installed product, as the registry says it. */
export type ProductReading =
  /** `version` as it is written there, `5.0.8308.0`; `majorVersion` is its first number. */
  | { readonly known: true; readonly version: string; readonly majorVersion: number }
  | { readonly known: false; readonly reason: ProductTrouble };

/** Which Lync server this is. Null: nothing says it, or what is installed fits nothing that is known. */
export interface InstalledServer {
  readonly role: ServerRole | null;
  /** Null also for every role but Front End. */
  readonly edition: Edition | null;
  readonly product: ProductReading;
}

/** Products whose version we can name: 7 is Skype for Business Server 2019 and Subscription Edition alike. */
export const PRODUCT_NAMES = ['lync-2013', 'skype-2015', 'skype-2019'] as const;
export type ProductName = (typeof PRODUCT_NAMES)[number];

/** Null for a version that we do not know. */
export function nameOfProduct(product: ProductReading): ProductName | null {
  if (!product.known) return null;
  switch (product.majorVersion) {
    case 5:
      return 'lync-2013';
    case 6:
      return 'skype-2015';
    case 7:
      return 'skype-2019';
    default:
      return null;
  }
}
