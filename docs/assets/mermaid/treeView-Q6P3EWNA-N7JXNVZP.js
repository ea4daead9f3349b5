import{a as e,b as r}from"./chunk-RZZP2ERR.js";import"./chunk-F4FWBINX.js";import"./chunk-SQE76S5B.js";export{e as TreeViewModule,r as createTreeViewServices};
