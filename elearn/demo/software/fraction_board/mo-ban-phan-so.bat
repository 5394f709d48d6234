@echo off
start "" "%~dp0ban-phan-so\index.html"
