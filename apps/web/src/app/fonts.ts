import { GeistMono } from "geist/font/mono";
import { GeistSans } from "geist/font/sans";

/** Both faces as CSS variables, from files that ship with the product. */
export const fontClasses = `${GeistSans.variable} ${GeistMono.variable}`;
