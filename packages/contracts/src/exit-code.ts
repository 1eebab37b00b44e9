/** How `tessera up` ends when another platform has its home; that one may still be starting. */
export const HOME_IN_USE = 75;
