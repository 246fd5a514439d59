import { nameOfProduct, type InstalledServer, type ProductName } from '../../contract/installed-server.js';
import type { Messages } from './messages.js';
import type { SpokenTexts } from './texts.js';

/** Not translated. Subscription Edition has the version of 2019. */
const TRADE_NAMES: Readonly<Record<ProductName, string>> = {
  'lync-2013': 'Lync Server 2013',
  'skype-2015': 'Skype for Business Server 2015',
  'skype-2019': 'Skype for Business Server 2019 / Subscription Edition',
};

/** Which Lync server this is, in one line: `Front End, Enterprise Edition · Lync Server 2013 (5.0.8308.0)`. Unknown is said so. */
export function formatInstalledServer(messages: Messages<SpokenTexts>, { role, edition, product }: InstalledServer): string {
  const { serverRoles, editions, installed } = messages.texts.words;
  const parts = [
    [role === null ? installed.roleUnknown : serverRoles[role], ...(edition === null ? [] : [editions[edition]])].join(
      messages.language === 'en' ? ', ' : '，',
    ),
    formatProduct(messages, product),
  ];
  return parts.join(' · ');
}

function formatProduct({ format, texts }: Messages<SpokenTexts>, product: InstalledServer['product']): string {
  const { productTroubles, installed } = texts.words;
  if (!product.known) return format(installed.productUnknown, { why: productTroubles[product.reason] });
  const name = nameOfProduct(product);
  const { version } = product;
  return name === null ? format(installed.versionUnknown, { version }) : format(installed.product, { product: TRADE_NAMES[name], version });
}
