import{a as e,b as r}from"./chunk-YLPW272G.js";import"./chunk-F4FWBINX.js";import"./chunk-SQE76S5B.js";export{e as WardleyModule,r as createWardleyServices};
