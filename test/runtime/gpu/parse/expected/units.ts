/** Figures as the tools print them, in base units. */
export const mib = (amount: number): number => amount * 1024 * 1024;
export const mhz = (amount: number): number => amount * 1e6;
export const us = (amount: number): number => amount / 1e6;
export const percent = (amount: number): number => amount / 100;
export const milliwatts = (amount: number): number => amount / 1000;
